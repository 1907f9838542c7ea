/** A step's view begins like this, as `steps` and the direct prompt show it. */
const HEADER = /^\[(\d+)\] (explore|change)\b(.*) · [0-9a-f]{6}$/;
const PART = /^(?:thinks: |\$ |output: )/;
/** Lines of the host between and around views. */
const HOST = /^(?:=== stage |<<<data |[0-9a-f]{12} data>>>|\[steps )/;
const LEAST_QUOTE_CHARS = 10;
const MOST_QUOTE_CHARS = 100;

/**
 * The steps whose views stand in a text.
 *
 * @param {string} text
 * @returns {{id: number, kind: string, failed: boolean, repeats: boolean, quotes: string[]}[]} quotes: whole lines, those of the action first
 */
export function viewsIn(text) {
  const views = [];
  let part = "";
  for (const line of text.split("\n")) {
    const header = HEADER.exec(line);
    const mark = PART.exec(line)?.[0];
    if (header) views.push(viewOf(header));
    if (header || HOST.test(line)) part = "";
    else if (mark !== undefined) part = mark;
    const view = views.at(-1);
    if (view && part !== "" && part !== "thinks: ")
      addQuote(part === "$ " ? view.action : view.output, line.replace(PART, ""));
  }
  return views.map(({ action, output, ...view }) => ({ ...view, quotes: [...action, ...output] }));
}

function viewOf([, id, kind, marks]) {
  return {
    id: Number(id),
    kind,
    failed: marks.includes("✗"),
    repeats: /[↻≈]/.test(marks),
    action: [],
    output: [],
  };
}

/** Takes a line that will stand in the step as it stands here, and in a command as it stands there. */
function addQuote(quotes, line) {
  const text = line.trim();
  if (text.length < LEAST_QUOTE_CHARS || /^[|[(]|…|["\\`]|[^\x20-\x7e]/.test(text)) return;
  quotes.push(text.slice(0, MOST_QUOTE_CHARS).trimEnd());
}

/**
 * How suspicious a view looks to somebody without judgement, up to 95: late, failed, repeated changes most. 0 = not at all.
 *
 * @param {ReturnType<typeof viewsIn>[number]} view
 * @param {number} stepCount
 */
export function suspicion(view, stepCount) {
  if (view.kind !== "change" || view.quotes.length === 0) return 0;
  return Math.round(20 + 40 * (view.id / stepCount) + (view.failed ? 25 : 0) + (view.repeats ? 10 : 0));
}
