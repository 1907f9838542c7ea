import path from "node:path";
import { LearnedFormatSchema } from "../../src/extract/learned/definition.ts";
import { saveVersion } from "../../src/extract/learned/write-store.ts";
import { learnedRecord } from "./learned-record.ts";

const RESULT = `{
    task: null, agent: { name: null, version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: [run.focus ?? run.list()[0]], warnings: [],
  }`;

/** Reads logs of `$ command` lines with their outputs below them; `code` runs for each line first. */
function reader(code = ""): string {
  return `export function detect(run) {
  return { confidence: 0.8, reason: "lines with a dollar sign" };
}
export function extract(run) {
  const steps = [];
  for (const { text, line } of run.lines(run.focus)) {
    ${code}
    const place = { path: run.focus, line_start: line, line_end: line };
    const last = steps[steps.length - 1];
    if (text.startsWith("$ ")) steps.push({
      step_id: steps.length + 1, action: text.slice(2), observation: null, agent: "main",
      action_ref: place, observation_ref: null,
    });
    else if (last) { last.observation = text; last.observation_ref = place; }
  }
  return ${RESULT};
}`;
}

const CLAIMS_ALL = `export function detect() { return { confidence: 1, reason: "everything is mine" }; }
export function extract(run) { const steps = []; steps.push(run.nothing.at.all); return ${RESULT}; }`;

/** What learned extractors may do wrong, by the extension of the files that each one claims. */
export const HARMFUL: Readonly<Record<string, string>> = {
  good: reader(),
  hanging: reader("for (;;);"),
  "slow-to-tell": `export function detect() { for (;;); }\nexport function extract() {}`,
  hungry: reader("const all = []; for (;;) all.push('x'.repeat(1e6) + all.length);"),
  "not-a-run": reader("return { steps: 'many' };"),
  elsewhere: reader().replace("files_used: [", "files_used: ['/etc/passwd', "),
  invented: reader("text === '' || steps.push({ ...made(steps.length + 1, run.focus) }); continue;").replace(
    "export function extract",
    `const made = (step_id, path) => ({
  step_id, action: "rm -rf everything in sight " + step_id, observation: "it was all removed without a word",
  agent: "main", action_ref: { path, line_start: 1, line_end: 1 }, observation_ref: null,
});
export function extract`,
  ),
  fickle: reader("if (text.includes('seven')) throw new TypeError(text);"),
};

/** Puts all of them into a store, and one that claims everything that a name can end with. */
export function saveHarmful(store: string): void {
  for (const [id, source] of Object.entries(HARMFUL)) save(store, id, { files: [`*.${id}`] }, source);
  const everything = {
    files: ["*.json", "*.jsonl", "*.md"],
    directories: ["results.json", "agent-logs/*.json"],
  };
  save(store, "claims-all", everything, CLAIMS_ALL);
}

function save(store: string, id: string, where: object, source: string): void {
  const format = LearnedFormatSchema.parse({ id, title: id, contents: "lines", escapes: "none", ...where });
  saveVersion(path.join(store), {
    source,
    note: `# ${id}\n`,
    samples: [],
    record: learnedRecord(source, { format }),
  });
}

/** A log as `reader` reads it. */
export function dollarLog(topic: string, count = 5): string {
  return Array.from(
    { length: count },
    (_, at) => `$ cat ${topic}-${at}.txt\nwhat stands in ${topic} number ${at}\n`,
  ).join("");
}
