/** How a model might read `*.pipelog`: `turn|say,run or out|text`. The first version counts lines from 0. */
const code = (first) => `export function detect(run) {
  const isMine = run.focus !== null && run.head(run.focus).startsWith("#pipelog ");
  return { confidence: isMine ? 0.8 : 0, reason: "begins with #pipelog" };
}
export function extract(run) {
  const steps = [];
  let thinking = "";
  const close = (output, from, to) => {
    const last = steps[steps.length - 1];
    if (!last || output.length === 0) return;
    last.observation = output.join("\\n");
    last.observation_ref = { path: run.focus, line_start: from, line_end: to };
  };
  let output = [], from = 0, to = 0;
  for (const { text, line } of run.lines(run.focus)) {
    const match = /^(\\d+)\\|(say|run|out)\\|(.*)$/.exec(text);
    if (!match) continue;
    if (match[2] === "out") {
      if (output.length === 0) from = line;
      output.push(match[3]);
      to = line;
      continue;
    }
    close(output, from, to);
    output = [];
    if (match[2] === "say") { thinking = match[3]; continue; }
    const at = line - ${1 - first};
    steps.push({
      step_id: steps.length + 1, action: match[3], observation: null, thinking, agent: "main",
      action_ref: { path: run.focus, line_start: at, line_end: at }, observation_ref: null,
    });
  }
  close(output, from, to);
  return {
    task: null, agent: { name: null, version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: [run.focus], warnings: [],
    ...(steps.length === 0 ? { empty_reason: "The log holds no run line." } : {}),
  };
}
`;

export const pipeLog = {
  sign: "session.pipelog",
  symptom: /FAILED\s+action refs resolve/,
  fingerprint: {
    id: "pipe-log",
    title: "Pipe log",
    files: ["*.pipelog"],
    contents: "a first line #pipelog",
    escapes: "none",
    marker: { text: "|run|" },
  },
  wrong: code(0),
  right: code(1),
};
