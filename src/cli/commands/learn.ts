import path from "node:path";
import type { LoopEnd } from "../../agent/index.ts";
import { storeFolder } from "../../extract/learned/store-folder.ts";
import { type Learned, learn } from "../../extract/synthesis/learn.ts";
import { openModel } from "../../model/open-model.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { type LearnFlags, learnLimits } from "../learn-flags.ts";
import { modelOptions, modelSpec } from "../model-flags.ts";

/** `codetracer extractors learn`: has a model write a reader for a run that nothing reads well, and keeps it. */
export async function learnExtractor(target: string, flags: LearnFlags, io: Io): Promise<ExitCode> {
  const spec = modelSpec(flags, io);
  if (spec === null)
    throw new CodeTracerError("bad_argument", "no model is named; give --model or set CODETRACER_MODEL");
  const model = await openModel(spec, modelOptions(flags, io));
  const learned = await learn(path.resolve(io.cwd, target), {
    model,
    store: storeFolder(io.env),
    shell: flags.shell ?? "auto",
    limits: learnLimits(flags, model),
    fresh: flags.fresh === true,
    now: io.now,
    signal: io.signal,
    onTry: ({ verb, passed, checks }) => {
      if (!flags.quiet) io.stderr.write(`${verb} ${checks}: ${passed ? "passes" : "does not pass yet"}\n`);
    },
  });
  if (learned.status === "unfinished") throw unfinished(learned);
  io.stdout.write(flags.json ? `${JSON.stringify(summaryOf(learned), null, 2)}\n` : words(learned));
  return 0;
}

type Finished = Exclude<Learned, { status: "unfinished" }>;

function summaryOf(learned: Finished) {
  if (learned.status === "known") return { ...learned, calls: 0 };
  const { record, folder } = learned.stored;
  return { status: learned.status, folder, ...record };
}

function words(learned: Finished): string {
  if (learned.status === "known") {
    const names = learned.readers.map(
      ({ id, version, learned: isLearned }) =>
        `${id} (${isLearned ? `learned, version ${version}` : "built-in"})`,
    );
    return `nothing to learn: ${learned.runs === 1 ? "the run is" : `${learned.runs} runs are`} read by ${names.join(", ")}; the model was not asked\n`;
  }
  const { record, folder } = learned.stored;
  const { calls, cost_usd } = record.made.usage;
  const cost = cost_usd === null ? "at an unknown price" : `for $${cost_usd.toFixed(4)}`;
  const steps = record.evidence.map(({ run, step_count }) => `${step_count} steps in ${RUNS[run]}`);
  return [
    `learned ${record.format.id}, version ${record.version}: ${calls} calls ${cost}, ${record.made.checks} tries`,
    `accepted on: ${steps.join(", ")}`,
    `kept in ${folder}`,
    `analyze uses it from now on; codetracer extractors show ${record.format.id} shows it\n`,
  ].join("\n");
}

const RUNS = { this: "this run", sibling: "a run beside it", sample: "a kept sample" } as const;

const WHY: Readonly<Record<Exclude<LoopEnd, "done" | "aborted">, string>> = {
  calls: "its calls were used up; raise --max-calls and the same command goes on",
  tokens: "its tokens were used up; the same command goes on with more",
  cost: "the money was used up; raise --max-cost and the same command goes on",
  time: "its time was up; the same command goes on",
  malformed: "it did not keep to one command a reply; take another model",
  refused: "the model refused; take another one",
  context: "the prompt was too long for it; take a model with a larger context",
};

function unfinished({ end, usage, checks }: Extract<Learned, { status: "unfinished" }>): CodeTracerError {
  const why = end === "done" || end === "aborted" ? "it was stopped; the same command goes on" : WHY[end];
  return new CodeTracerError(
    "model",
    `no reader was accepted after ${usage.calls} calls and ${checks} tries: ${why}; nothing was kept`,
  );
}
