// A small agent: asks a model for one bash command at a time, runs it for real in the current folder, and records the run
// as an ATIF trajectory. The model is a file whose default export takes the messages so far and returns a reply.
//
//   node agent.mjs --model <file.mjs> --task-file <file> --run-dir <folder> [--hint-file <file>] [--seed <n>]
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const MAX_TURNS = 20;
const COMMAND_TIMEOUT_MS = 10_000;
const OUTPUT_CHARS = 10_000;
const DOLLARS_PER_TOKEN = 0.000001;
const DONE = "COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT";
const SYSTEM = `You solve tasks with bash. Each reply holds a thought and one command in a bash block. When you are done, run: echo ${DONE}`;

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    "task-file": { type: "string" },
    "hint-file": { type: "string" },
    "run-dir": { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const model = (await import(pathToFileURL(path.resolve(values.model)).href)).default;
const task = fs.readFileSync(values["task-file"], "utf8");
const hint = values["hint-file"] === undefined ? "" : fs.readFileSync(values["hint-file"], "utf8");

const messages = [
  { role: "system", content: hint === "" ? SYSTEM : `${SYSTEM}\n\n${hint}` },
  { role: "user", content: task },
];
const steps = [
  { step_id: 1, source: "system", message: messages[0].content },
  { step_id: 2, source: "user", message: task },
];
for (let turn = 1; turn <= MAX_TURNS; turn++) {
  const reply = model(messages, { seed: Number(values.seed) });
  const [, thought = "", command = ""] = /^(.*?)```bash\n(.*?)\n```/s.exec(reply) ?? [];
  const { output, exitCode } = run(command);
  record(turn, { reply, thought: thought.trim(), command, output, exitCode });
  messages.push({ role: "assistant", content: reply });
  messages.push({ role: "user", content: `exit code ${exitCode}\n${output}` });
  if (command === `echo ${DONE}` && exitCode === 0) process.exit(0);
}
process.exit(1);

function run(command) {
  const { stdout, stderr, status } = spawnSync("bash", ["-c", command], {
    timeout: COMMAND_TIMEOUT_MS,
    encoding: "utf8",
  });
  return { output: `${stdout}${stderr}`.slice(0, OUTPUT_CHARS), exitCode: status ?? 124 };
}

/** Writes the whole trajectory again, in one move: a kill leaves the one before. */
function record(turn, { reply, thought, command, output, exitCode }) {
  const prompt_tokens = Math.ceil(JSON.stringify(messages).length / 4);
  const completion_tokens = Math.ceil(reply.length / 4);
  steps.push({
    step_id: turn + 2,
    timestamp: new Date().toISOString(),
    source: "agent",
    message: thought,
    tool_calls: [{ tool_call_id: `call_${turn}`, function_name: "bash", arguments: { command } }],
    observation: {
      results: [{ source_call_id: `call_${turn}`, content: output, extra: { exit_code: exitCode } }],
    },
    metrics: {
      prompt_tokens,
      completion_tokens,
      cost_usd: (prompt_tokens + completion_tokens) * DOLLARS_PER_TOKEN,
    },
  });
  const agent = { name: "toy-agent", version: "1.0.0", model_name: "scripted" };
  const file = path.join(values["run-dir"], "trajectory.json");
  fs.mkdirSync(values["run-dir"], { recursive: true });
  fs.writeFileSync(
    `${file}.new`,
    `${JSON.stringify({ schema_version: "ATIF-v1.6", session_id: "toy", agent, steps }, null, 2)}\n`,
  );
  fs.renameSync(`${file}.new`, file);
}
