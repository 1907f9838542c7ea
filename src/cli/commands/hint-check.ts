import fs from "node:fs";
import path from "node:path";
import {
  type Collected,
  checkHint,
  collectForbidden,
  collectGold,
  forbiddenNames,
  type HintProblem,
} from "../../hint/check/index.ts";
import { printable } from "../../report/printable.ts";
import { type HintFile, HintFileSchema } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { collectedFrom } from "../collected-from.ts";
import type { ExitCode, Io } from "../io.ts";
import { type TracedTarget, tracedTarget } from "../traced-target.ts";

/** Flags of `hint-check`. */
export interface HintCheckFlags {
  raw?: string;
  gold?: string[];
  json?: boolean;
}

/** `codetracer hint-check`: exits with 1 where the hint must not be given to an agent. */
export async function hintCheck(
  hintFile: string,
  run: string,
  flags: HintCheckFlags,
  io: Io,
): Promise<ExitCode> {
  const hint = readHint(path.resolve(io.cwd, hintFile));
  const target = await tracedTarget(run, io);
  const { forbidden, warnings } = await collected(target, run, flags, io);
  const problems = checkHint(hint, target.workspace, { forbidden });
  const compared = forbidden.map(({ path: file, kind, is_gold }) => ({ path: file, kind, is_gold }));
  if (flags.json) io.stdout.write(`${JSON.stringify({ problems, compared, warnings }, null, 2)}\n`);
  else {
    for (const warning of warnings) io.stderr.write(`warning: ${printable(warning)}\n`);
    io.stdout.write(`${verdict(hint, problems, compared.length)}\n`);
  }
  return problems.length > 0 ? 1 : 0;
}

function verdict(hint: HintFile, problems: readonly HintProblem[], compared: number): string {
  const points = [...hint.facts, ...(hint.mistake ? [hint.mistake] : []), ...hint.avoid];
  const quotes = points.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const lines = problems.map(({ place, message }) => printable(`${place}: ${message}`));
  const summary = `${points.length} points with ${quotes} quotes, ${hint.token_count} of ${hint.budget_tokens} tokens, compared with ${compared} forbidden ${compared === 1 ? "text" : "texts"}`;
  return problems.length === 0
    ? `ok: ${summary}`
    : [...lines, `${problems.length} problem${problems.length === 1 ? "" : "s"}: ${summary}`].join("\n");
}

async function collected(
  target: TracedTarget,
  run: string,
  { raw, gold = [] }: HintCheckFlags,
  io: Io,
): Promise<Collected> {
  const parts: Collected[] = [{ forbidden: forbiddenNames(target.workspace), warnings: [] }];
  const place = rawPlace(target, run, raw, io);
  const rawRun = place === null ? null : await collectedFrom(place, collectForbidden);
  if (rawRun !== null) parts.push(rawRun);
  for (const file of gold) parts.push(await collectedFrom(path.resolve(io.cwd, file), collectGold));
  const forbidden = parts.flatMap((part) => part.forbidden);
  const warnings = parts.flatMap((part) => part.warnings);
  if (rawRun === null) warnings.push(NO_RAW_RUN);
  if (rawRun?.isFile) warnings.push(ONLY_A_FILE);
  if (forbidden.length === 0) warnings.push(NOTHING_FORBIDDEN);
  return { forbidden, warnings };
}

const NO_RAW_RUN =
  "the raw run is not where the workspace was made from: its verifier's files were not compared; name it with --raw";
const ONLY_A_FILE =
  "the raw run is a single file: what lies beside it was not compared; name its folder with --raw where that holds the verifier's files";
const NOTHING_FORBIDDEN =
  "nothing of a verifier or a solution was found to compare with: only the quotes are proven; name the solution with --gold";

/** Where the verifier's files may lie; null = not known any more. */
function rawPlace(
  { folder, workspace }: TracedTarget,
  run: string,
  raw: string | undefined,
  io: Io,
): string | null {
  if (raw !== undefined) return path.resolve(io.cwd, raw);
  const place = path.resolve(io.cwd, folder === null ? run : workspace.extraction.run);
  return fs.existsSync(place) ? place : null;
}

function readHint(file: string): HintFile {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new CodeTracerError(
      "bad_argument",
      `${file}: cannot be read as JSON; write one with codetracer hint <run> --form json`,
      { path: file },
    );
  }
  const parsed = HintFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new CodeTracerError(
    "bad_argument",
    `${file}: ${place || "the file"} is not of the shape of a hint (codetracer schema hint prints it)`,
    { path: file },
  );
}
