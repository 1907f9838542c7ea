import fs from "node:fs";
import path from "node:path";
import { collectForbidden } from "../../hint/check/index.ts";
import { contentsFor, type HintForm, renderForm } from "../../hint/forms/index.ts";
import { type HintOptions, writeHint } from "../../hint/index.ts";
import { printable } from "../../report/printable.ts";
import type { HintFile } from "../../trajectory/hint.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { collectedFrom } from "../collected-from.ts";
import type { ExitCode, Io } from "../io.ts";
import { type ModelFlags, modelOptions, modelSpec } from "../model-flags.ts";
import { wholeNumber } from "../numbers.ts";
import { type TracedTarget, tracedTarget } from "../traced-target.ts";
import { outFolder } from "./out-folder.ts";

/** Flags of `hint`. */
export interface HintFlags extends ModelFlags {
  budgetTokens: string;
  form: HintForm;
  allowVerifier?: boolean;
  out?: string;
  maxCalls?: string;
  maxTokens?: string;
  maxSeconds?: string;
  force?: boolean;
}

/** Under this there is no room for one fact. */
const BUDGET_LEAST = 100;
const HINT_FILE = "hint.json";
const JOURNAL_FILE = "hint.jsonl";

/** `codetracer hint`: what to tell the next attempt. It goes into the workspace as well, where there is one. */
export async function hint(run: string, flags: HintFlags, io: Io): Promise<ExitCode> {
  const budgetTokens = wholeNumber("--budget-tokens", flags.budgetTokens, { least: BUDGET_LEAST });
  const out = flags.out === undefined ? null : outFile(flags.out, run, io);
  const target = await tracedTarget(run, io);
  const written = await write(
    target,
    run,
    { budgetTokens, allowVerifier: flags.allowVerifier === true },
    flags,
    io,
  );
  if (target.folder !== null)
    writeFile(path.join(target.folder, HINT_FILE), `${JSON.stringify(written, null, 2)}\n`);
  const rendered = renderForm(written, flags.form);
  if (written.text === "") io.stderr.write(`warning: ${NO_ROOM}\n`);
  if (out === null) io.stdout.write(rendered.text);
  else {
    writeFile(out, contentsFor(rendered, path.basename(out), readIfThere(out)));
    io.stderr.write(`${printable(out)}: ${written.token_count} tokens. ${rendered.how}\n`);
  }
  return 0;
}

const NO_ROOM = "the budget has no room for the hint; raise --budget-tokens";

async function write(
  { workspace, folder }: TracedTarget,
  run: string,
  options: HintOptions,
  flags: HintFlags,
  io: Io,
): Promise<HintFile> {
  const spec = modelSpec(flags, io);
  if (spec === null) return writeHint(workspace, options);
  const { openModel } = await import("../../model/open-model.ts");
  const { HINT_LIMITS, writeHintWithModel } = await import("../../hint/model.ts");
  const limit = (flag: string, text: string | undefined): number | null =>
    text === undefined ? null : wholeNumber(flag, text);
  const { hint: written, warnings } = await writeHintWithModel(workspace, {
    ...options,
    model: await openModel(spec, modelOptions(flags, io)),
    limits: {
      ...HINT_LIMITS,
      calls: limit("--max-calls", flags.maxCalls) ?? HINT_LIMITS.calls,
      tokens: limit("--max-tokens", flags.maxTokens),
      seconds: limit("--max-seconds", flags.maxSeconds),
    },
    budget: null,
    journal: folder === null ? null : { file: path.join(folder, JOURNAL_FILE), fresh: flags.force === true },
    forbidden: await forbiddenOf(folder === null ? run : workspace.extraction.run, io),
    now: io.now,
    signal: io.signal,
  });
  for (const warning of warnings) io.stderr.write(`warning: ${printable(warning)}\n`);
  return written;
}

/** What the raw run holds of its verifier; nothing, with a warning, where the raw run is not there any more. */
async function forbiddenOf(run: string, io: Io): Promise<ReturnType<typeof collectForbidden>["forbidden"]> {
  const place = path.resolve(io.cwd, run);
  if (!fs.existsSync(place)) {
    io.stderr.write("warning: the raw run is gone: the hint was not compared with what its verifier holds\n");
    return [];
  }
  const { forbidden, warnings } = await collectedFrom(place, collectForbidden);
  for (const warning of warnings) io.stderr.write(`warning: ${printable(warning)}\n`);
  return forbidden;
}

/** What a file holds that a section goes into; null = there is none yet. */
function readIfThere(file: string): string | null {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;
}

/** Never inside a raw run, where nothing is written. */
function outFile(asked: string, run: string, io: Io): string {
  const file = path.resolve(io.cwd, asked);
  outFolder(path.dirname(file), [run], io);
  return file;
}

function writeFile(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.partial`, text);
    fs.renameSync(`${file}.partial`, file);
  } catch (error) {
    const { code = "error" } = error as NodeJS.ErrnoException;
    throw new CodeTracerError("unreadable", `${file} cannot be written (${code}); give another --out`, {
      path: file,
    });
  }
}
