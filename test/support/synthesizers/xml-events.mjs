/** How a model might read `trace/events.xml`. The first version takes each call twice: at its call and at its answer. */
const code = (twice) => `const decode = (text) => text
  .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
const FILE = "trace/events.xml";
export function detect(run) {
  return { confidence: run.head(FILE).startsWith("<events ") ? 0.8 : 0, reason: "begins with an events element" };
}
export function extract(run) {
  const text = run.text(FILE);
  const steps = [];
  const lineOf = (at) => text.slice(0, at).split("\\n").length;
  const place = (match) => ({
    path: FILE, line_start: lineOf(match.index), line_end: lineOf(match.index + match[0].length - 1),
  });
  let thinking = "";
  const element = /<(thought|call|answer)(?: id="(\\w+)")?>([^]*?)<\\/\\1>/g;
  for (let match = element.exec(text); match; match = element.exec(text)) {
    const body = decode(match[3]);
    if (match[1] === "thought") thinking = body;
    else if (match[1] === "call" || ${twice}) steps.push({
      step_id: steps.length + 1, action: match[1] === "call" ? body : steps[steps.length - 1].action,
      observation: match[1] === "call" ? null : body, thinking, tool_call_id: match[2], agent: "main",
      action_ref: match[1] === "call" ? place(match) : steps[steps.length - 1].action_ref,
      observation_ref: match[1] === "call" ? null : place(match),
    });
    else {
      const last = steps.find((step) => step.tool_call_id === match[2]);
      if (last) { last.observation = body; last.observation_ref = place(match); }
    }
  }
  return {
    task: null, agent: { name: "tinker", version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: [FILE], warnings: [],
    ...(steps.length === 0 ? { empty_reason: "The events hold no call." } : {}),
  };
}
`;

export const xmlEvents = {
  sign: "events.xml",
  symptom: /FAILED\s+no call twice/,
  fingerprint: {
    id: "xml-events",
    title: "XML events",
    directories: ["trace/events.xml"],
    contents: "an events element",
    escapes: "xml",
    marker: { text: "<call ", files: "trace/*.xml" },
  },
  wrong: code(true),
  right: code(false),
};
