import path from "node:path";
import type { LoopEnd } from "../../agent/index.ts";
import type { Evidence } from "../../extract/learned/record.ts";
import { type Beginning, type Learned, learn } from "../../extract/synthesis/learn.ts";
import { openModel } from "../../model/open-model.ts";
import { printable } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { ExitCode, Io } from "../io.ts";
import { type LearnFlags, learnLimits } from "../learn-flags.ts";
import { learnedStore } from "../learned-store.ts";
import { modelOptions, modelSpec } from "../model-flags.ts";

/** `codetracer extractors learn`: has a model write a reader for a run that nothing reads well, and keeps it. */
export async function learnExtractor(target: string, flags: LearnFlags, io: Io): Promise<ExitCode> {
  const spec = modelSpec(flags, io);
  if (spec === null)
    throw new CodeTracerError("bad_argument", "no model is named; give --model or set CODETRACER_MODEL");
  const model = await openModel(spec, modelOptions(flags, io));
  const learned = await learn(path.resolve(io.cwd, target), {
    model,
    store: learnedStore(io),
    shell: flags.shell ?? "auto",
    limits: learnLimits(flags, model),
    fresh: flags.fresh === true,
    siblings: flags.siblings !== false,
    now: io.now,
    signal: io.signal,
    onBegin: (beginning) => {
      if (!flags.quiet) for (const line of beginningLines(beginning)) io.stderr.write(`${printable(line)}\n`);
    },
    onTry: ({ verb, passed, checks }) => {
      if (!flags.quiet) io.stderr.write(`${verb} ${checks}: ${passed ? "passes" : "does not pass yet"}\n`);
    },
  });
  if (learned.status === "unfinished") throw unfinished(learned);
  io.stdout.write(flags.json ? `${JSON.stringify(summaryOf(learned), null, 2)}\n` : words(learned));
  return 0;
}

function* beginningLines({ siblings, badly }: Beginning): Generator<string> {
  if (badly !== null)
    yield `the built-in extractor ${badly.id} reads this run badly (${badly.problems.join("; ")}): what is learned stands in for it where it does`;
  if (siblings.length > 0)
    yield `also tried on what lies beside the run, where it is of the same format (${siblings.length}; --no-siblings leaves it out): ${siblings.join(", ")}`;
}

type Finished = Exclude<Learned, { status: "unfinished" }>;

function summaryOf(learned: Finished) {
  if (learned.status === "known") return { ...learned, calls: 0 };
  const { stored, siblings, status } = learned;
  return { status, folder: stored.folder, siblings, ...stored.record };
}

function words(learned: Finished): string {
  if (learned.status === "known") {
    const names = learned.readers.map(
      ({ id, version, learned: isLearned }) =>
        `${id} (${isLearned ? `learned, version ${version}` : "built-in"})`,
    );
    return `nothing to learn: ${learned.runs === 1 ? "the run is" : `${learned.runs} runs are`} read by ${names.join(", ")}; the model was not asked\n`;
  }
  const { stored, siblings } = learned;
  const { record, folder } = stored;
  const { calls, cost_usd } = record.made.usage;
  const cost = cost_usd === null ? "at an unknown price" : `for $${cost_usd.toFixed(4)}`;
  return [
    `learned ${record.format.id}, version ${record.version}: ${calls} calls ${cost}, ${record.made.checks} tries`,
    `accepted on: ${acceptedOn(record.evidence, siblings)}`,
    ...(record.format.marker === null ? [NO_COUNT] : []),
    `kept in ${folder}, with ${record.samples.length} redacted ${record.samples.length === 1 ? "sample" : "samples"}`,
    `analyze uses it from now on${record.instead_of === null ? "" : ` where ${record.instead_of} fails`}; codetracer extractors show ${record.format.id} shows it`,
  ]
    .map((line) => `${printable(line)}\n`)
    .join("");
}

const NO_COUNT =
  "no independent count: nothing in these files marks each action, so only places, texts and order of the steps were checked";

const ROLES = ["this", "sibling", "sample"] as const;

/** How many steps were read of what, by its role. */
function acceptedOn(evidence: readonly Evidence[], siblings: readonly string[]): string {
  return ROLES.flatMap((role) => {
    const runs = evidence.filter(({ run }) => run === role);
    if (runs.length === 0) return [];
    const steps = runs.reduce((sum, { step_count }) => sum + step_count, 0);
    const where = {
      this: runs.length === 1 ? "this run" : `${runs.length} runs here`,
      sibling: `${plural(runs.length, "run")} beside it (${siblings.join(", ")})`,
      sample: plural(runs.length, "kept sample"),
    };
    return [`${plural(steps, "step")} in ${where[role]}`];
  }).join(", ");
}

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
