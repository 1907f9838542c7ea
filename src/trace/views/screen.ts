/** A prompt at which nothing was typed. */
const BARE_PROMPT = /^(?:\([\w.-]+\) ?)?\S{1,40}[@:]\S{0,80}[#$%]$/;
/** A prompt behind output that ends without a line break. */
const PROMPT_BEHIND = /[\w.-]{1,40}@[\w.-]{1,80}:\S{0,80}[#$]$/;
/** Programs that wait for their next command. */
const INNER_PROMPT = /^(?:>>>|\w{0,12}[>#)]|\([\w.-]{1,20}\))$/;
const CONTINUED_PROMPT = ">";
/** What the harness adds below a screen. */
const HARNESS_ASKS = /^Are you sure you want to mark the task as complete/;
const SCREEN_LINES_LEAST = 3;
const SCREEN_TRIES = 50;

/** A recorded screen begins with what it showed before; only what is new since then is told. */
export function withoutScreen(lines: readonly string[], before: readonly string[]): readonly string[] {
  const [first = ""] = lines;
  let longest = 0;
  for (
    let at = before.indexOf(first), tries = 0;
    at >= 0 && tries < SCREEN_TRIES;
    at = before.indexOf(first, at + 1), tries++
  ) {
    let count = 0;
    while (count < lines.length && at + count < before.length && lines[count] === before[at + count]) count++;
    if (at + count >= before.length - 1) longest = Math.max(longest, count);
  }
  return longest < SCREEN_LINES_LEAST || longest === lines.length ? lines : lines.slice(longest);
}

/** How a screen ends: at a prompt, or at something else; null = there is nothing on it. */
export function endsAtPrompt(lines: readonly string[]): boolean | null {
  const asked = lines.findIndex((line) => HARNESS_ASKS.test(line));
  const last = (asked < 0 ? lines : lines.slice(0, asked)).findLast((line) => line.trim() !== "")?.trim();
  if (last === undefined) return null;
  if (last === CONTINUED_PROMPT) return false;
  return BARE_PROMPT.test(last) || PROMPT_BEHIND.test(last) || INNER_PROMPT.test(last);
}

/** Whether a line is a shell's prompt at which nothing was typed. */
export function isBarePrompt(line: string): boolean {
  return BARE_PROMPT.test(line.trim());
}
