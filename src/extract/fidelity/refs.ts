import type { RunFiles } from "../../run/run-files.ts";
import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Ref, Step } from "../../trajectory/step.ts";
import { unescapeJson } from "../../util/unescape-json.ts";
import { listed } from "./listed.ts";
import { documentTest, isWholePart, readLines } from "./ref-lines.ts";

/** Share of refs that must resolve. */
export const MIN_RESOLVED = 0.995;

/** Longer texts are compared by their head and their tail. */
const PROBE_CHARS = 2000;

/** A file of one line is searched whole for each of its steps; no further steps are looked at after so much. */
const MAX_SEARCHED_CHARS = 1 << 30;
const STRIDE = 16;

/** Tool calls with many arguments are judged by the first ones. */
const MAX_PROBES = 20;

/**
 * Whether each `action_ref` names lines that hold the action's text, once the format's own escapes are undone.
 * White space is not compared: recordings wrap lines. `needsAll`: a step without a ref counts as one that does not
 * resolve, as is asked of readers that nobody has reviewed.
 */
export function checkRefs(
  run: RunFiles,
  steps: readonly Step[],
  unescapeRaw: (raw: string) => string = unescapeJson,
  needsAll = false,
): FidelityCheck {
  const name = "action refs resolve";
  const judged = needsAll ? steps : steps.filter((step) => step.action_ref !== null);
  if (judged.length === 0)
    return { name, passed: null, value: null, detail: "no step has a place in a text file" };
  const resolver = new Resolver(run, judged, unescapeRaw);
  const missed: number[] = [];
  let looked = 0;
  for (const step of interleaved(judged)) {
    if (resolver.searched_chars > MAX_SEARCHED_CHARS) break;
    looked++;
    if (!resolver.resolves(step)) missed.push(step.step_id);
  }
  const share = 1 - missed.length / looked;
  const notFound = missed.sort((a, b) => a - b);
  return {
    name,
    passed: share >= MIN_RESOLVED,
    value: share,
    detail: [
      `${looked - missed.length} of ${looked}`,
      ...(looked < judged.length ? [`${judged.length} steps were too many for such long lines`] : []),
      ...(missed.length > 0 ? [`not found at the lines named: steps ${listed(notFound)}`] : []),
    ].join("; "),
  };
}

/** In an order in which the first ones are spread evenly over all. */
function interleaved(steps: readonly Step[]): Step[] {
  return Array.from({ length: STRIDE }, (_, offset) =>
    steps.filter((_, at) => at % STRIDE === offset),
  ).flat();
}

/** Looks at the lines of refs. Steps of one message, and all steps of a file without line breaks, share theirs. */
class Resolver {
  /** How much was looked through. */
  searched_chars = 0;
  readonly #lines: (ref: Ref) => string | null;
  readonly #isDocument: (path: string) => boolean;
  readonly #unescapeRaw: (raw: string) => string;
  #key = "";
  #text: UnescapedText | null = null;

  constructor(run: RunFiles, steps: readonly Step[], unescapeRaw: (raw: string) => string) {
    this.#lines = readLines(
      run,
      steps.flatMap((step) => step.action_ref ?? []),
    );
    this.#isDocument = documentTest(run);
    this.#unescapeRaw = unescapeRaw;
  }

  resolves(step: Step): boolean {
    const ref = step.action_ref;
    if (ref === null) return false;
    const key = JSON.stringify(ref);
    if (key !== this.#key) this.#text = this.#textAt(ref);
    this.#key = key;
    this.searched_chars += this.#text?.chars ?? 0;
    return this.#text !== null && holds(this.#text, step);
  }

  #textAt(ref: Ref): UnescapedText | null {
    const raw = this.#lines(ref);
    if (raw === null || (this.#isDocument(ref.path) && !isWholePart(raw))) return null;
    return new UnescapedText(raw, this.#unescapeRaw);
  }
}

function holds(text: UnescapedText, step: Step): boolean {
  const missing = new Set(probesOf(step));
  for (let round = 0; missing.size > 0; round++) {
    const squashed = text.round(round);
    if (squashed === null) return false;
    for (const probe of missing) if (squashed.includes(probe)) missing.delete(probe);
  }
  return true;
}

/** Arguments may be JSON inside a JSON string inside a line: each round undoes one level. */
const MAX_ROUNDS = 4;

/** A raw text with its escapes undone round by round, without white space, made when asked for. */
class UnescapedText {
  readonly chars: number;
  readonly #rounds: string[] = [];
  #next: string | null;
  readonly #unescapeRaw: (raw: string) => string;

  constructor(raw: string, unescapeRaw: (raw: string) => string) {
    this.chars = raw.length;
    this.#next = raw;
    this.#unescapeRaw = unescapeRaw;
  }

  /** The text after `round` levels; null where there is no such text or nothing is left to undo. */
  round(round: number): string | null {
    while (this.#rounds.length <= round) {
      const text = this.#next;
      if (text === null || this.#rounds.length >= MAX_ROUNDS) return null;
      this.#rounds.push(squash(text));
      const unescaped = this.#rounds.length === 1 ? this.#unescapeRaw(text) : unescapeJson(text);
      this.#next = unescaped === text ? null : unescaped;
    }
    return this.#rounds[round] ?? null;
  }
}

/** What must stand there: the command, or every text argument of the call, without white space. */
function probesOf(step: Step): string[] {
  return textsOf(step)
    .slice(0, MAX_PROBES)
    .flatMap(headAndTail)
    .filter((probe) => probe !== "");
}

function textsOf({ action, tool, arguments: args }: Step): string[] {
  const words = leaves(args);
  // Arguments that are broken JSON are rendered as they stand, and are no arguments.
  const isRendered =
    args !== undefined &&
    action.startsWith(`${tool} {`) &&
    (words.length === 0 || isNoLonger(action, tool, args));
  if (!isRendered && !isQuoted(action, words)) return [action];
  return words.length > 0 ? words : [tool ?? ""];
}

/** Whether an action holds no more than the call that it renders. */
function isNoLonger(action: string, tool: string | undefined, args: unknown): boolean {
  return squash(action).length <= squash(`${tool} ${JSON.stringify(args)}`).length;
}

/** Whether a command is the words of its arguments, quoted for a shell. */
function isQuoted(action: string, words: readonly string[]): boolean {
  const bare = (text: string): string => squash(text).replace(/['"\\]/g, "");
  return words.length > 1 && bare(action) === bare(words.join(""));
}

function headAndTail(text: string): string[] {
  if (text.length <= 2 * PROBE_CHARS) return [squash(text)];
  return [squash(text.slice(0, PROBE_CHARS)), squash(text.slice(-PROBE_CHARS))];
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

function squash(text: string): string {
  return text.replace(/\s+/g, "");
}
