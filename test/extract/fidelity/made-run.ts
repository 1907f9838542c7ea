import type { Extractor } from "../../../src/extract/extractor.ts";
import {
  asArray,
  asRecord,
  asString,
  defined,
  elementLines,
  StepBuilder,
  UNKNOWN_OUTCOME,
} from "../../../src/extract/toolkit/index.ts";
import type { Trajectory } from "../../../src/trajectory/trajectory.ts";

const WORDS =
  "amber birch cedar delta ember fjord grove heath inlet jetty knoll ledge marsh notch orbit plain quarry ridge slope tower".split(
    " ",
  );

/** Sentences that differ from number to number. */
export function prose(seed: number, sentences: number): string {
  let state = seed + 1;
  const word = (): string => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return WORDS[(state >>> 8) % WORDS.length] ?? "";
  };
  return Array.from(
    { length: sentences },
    () =>
      `The ${word()} ${word()} lies beside a ${word()} ${word()} and the ${word()} ${word()} sees ${word()}.`,
  ).join(" ");
}

/** What a made call holds. Some answers are long. */
interface Call {
  id: string;
  command: string;
  output: string;
  thought: string;
}

/** Twenty-four calls that differ in all they hold. */
export const CALLS: readonly Call[] = Array.from({ length: 24 }, (_, at) => ({
  id: `call_${at}_of_this_made_run`,
  command: `inspect --case ${at} --in /srv/${WORDS[at % WORDS.length]}/folder-${at * 13}`,
  output: prose(at, at % 4 === 0 ? 30 : 4),
  thought: `I want to know about case ${at}: ${prose(at + 500, 2)}`,
}));

/** A log with a record a line, in which answers name their calls. */
export const LOG_WITH_IDS = CALLS.flatMap(({ id, command, output, thought }) => [
  { type: "thought", text: thought },
  { type: "call", call_id: id, command },
  { type: "answer", call_id: id, output },
])
  .map((record) => `${JSON.stringify(record)}\n`)
  .join("");

/** One value over many lines, in which an answer follows its call. */
export const DOCUMENT_WITHOUT_IDS = JSON.stringify(
  { turns: CALLS.map(({ command, output, thought }) => ({ thought, command, output })) },
  null,
  1,
);

/** Plain text: thoughts, a command behind `$`, and what came back behind `|`. */
export const PLAIN_LOG = CALLS.map(({ command, output, thought }) => {
  const sentences = (text: string): string => text.replaceAll(". ", ".\n");
  return `${sentences(thought)}\n$ ${command}\n| ${sentences(output).replaceAll("\n", "\n| ")}\n`;
}).join("");

/** Reads `PLAIN_LOG`. */
export const plainReader: Extractor = reader((run) => {
  const builder = new StepBuilder();
  const path = run.focus ?? "";
  let thoughts: string[] = [];
  for (const { text, line } of run.lines(path)) {
    const ref = { path, line_start: line, line_end: line };
    const last = builder.steps.at(-1);
    if (text.startsWith("$ ")) {
      builder.add({ action: text.slice(2), action_ref: ref, thinking: thoughts.join("\n") });
      thoughts = [];
    } else if (text.startsWith("| ") && last) {
      last.observation = [last.observation, text.slice(2)].filter((one) => one !== null).join("\n");
      last.observation_ref = { ...ref, line_start: last.observation_ref?.line_start ?? line };
    } else if (!text.startsWith("The harness ")) thoughts.push(text);
  }
  return builder;
});

/** Reads `LOG_WITH_IDS`, with no other way of counting. */
export const logReader: Extractor = reader((run) => {
  const builder = new StepBuilder();
  let thinking: string | undefined;
  for (const { value, line_start, line_end } of run.jsonl(run.focus ?? "")) {
    const record = asRecord(value) ?? {};
    const ref = { path: run.focus ?? "", line_start, line_end };
    const id = asString(record.call_id) ?? "";
    if (record.type === "thought") thinking = asString(record.text);
    else if (record.type === "call")
      builder.add(
        defined({ action: asString(record.command) ?? "", action_ref: ref, tool_call_id: id, thinking }),
      );
    else builder.observe(id, { observation: asString(record.output) ?? null, observation_ref: ref });
  }
  return builder;
});

/** Reads `DOCUMENT_WITHOUT_IDS`, with no other way of counting. */
export const documentReader: Extractor = reader((run) => {
  const builder = new StepBuilder();
  const path = run.focus ?? "";
  const lines = elementLines(run.text(path), ["turns"]);
  for (const [index, turn] of asArray(asRecord(run.json(path))?.turns).entries()) {
    const { thought, command, output } = asRecord(turn) ?? {};
    const span = lines[index];
    const ref = span ? { path, ...span } : null;
    builder.add({
      action: asString(command) ?? "",
      thinking: asString(thought),
      observation: asString(output) ?? null,
      action_ref: ref,
      observation_ref: ref,
    });
  }
  return builder;
});

function reader(steps: (run: Parameters<Extractor["extract"]>[0]) => StepBuilder): Extractor {
  return {
    id: "made",
    title: "Made",
    version: 1,
    fingerprint: { files: ["*.made"], contents: "made records" },
    detect: () => ({ confidence: 0.9, reason: "made" }),
    extract: (run): Trajectory => ({
      task: null,
      agent: { name: "made", version: null, model: null },
      steps: steps(run).steps,
      outcome: UNKNOWN_OUTCOME,
      files_used: [run.focus ?? ""],
      warnings: [],
    }),
  };
}
