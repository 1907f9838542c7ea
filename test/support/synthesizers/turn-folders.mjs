/** How a model might read `turn-N/call.json` and `result.json`. The first version says nowhere where an action stands. */
const code = (placed) => `export function detect(run) {
  const call = run.tryJson("turn-1/call.json");
  const isMine = call && typeof call.plan === "string" && call.shell && typeof call.shell.line === "string";
  return { confidence: isMine ? 0.8 : 0, reason: "turn-1/call.json has plan and shell.line" };
}
const whole = (run, path) => {
  let last = 0;
  for (const { line } of run.lines(path)) last = line;
  return { path, line_start: 1, line_end: last };
};
export function extract(run) {
  const steps = [], files_used = [], warnings = [];
  for (const path of run.list("turn-*/call.json")) {
    const call = run.tryJson(path);
    if (!call || !call.shell) { warnings.push({ message: "not a whole call; left out", path }); continue; }
    const answer = path.replace("call.json", "result.json");
    const result = run.has(answer) ? run.tryJson(answer) : undefined;
    files_used.push(path);
    if (result) files_used.push(answer);
    steps.push({
      step_id: steps.length + 1, action: call.shell.line, thinking: call.plan, agent: "main",
      observation: result && result.shell ? result.shell.printed : null,
      action_ref: ${placed ? "whole(run, path)" : "null"},
      observation_ref: ${placed ? "result ? whole(run, answer) : null" : "null"},
    });
  }
  return {
    task: null, agent: { name: null, version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used, warnings,
    ...(steps.length === 0 ? { empty_reason: "No turn holds a whole call." } : {}),
  };
}
`;

export const turnFolders = {
  sign: "turn-1",
  symptom: /only 0 of \d+ steps have an action_ref/,
  fingerprint: {
    id: "turn-folders",
    title: "Turn folders",
    directories: ["turn-1/call.json"],
    contents: "JSON with plan and shell.line",
    marker: { text: '"line": ', files: "turn-*/call.json" },
  },
  wrong: code(false),
  right: code(true),
};
