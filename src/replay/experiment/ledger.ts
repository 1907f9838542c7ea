import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { EXCLUSION_RULES } from "./exclusion.ts";
import { ARMS } from "./schedule.ts";

/** The name of the file that finished attempts are appended to. */
export const LEDGER_FILE = "attempts.jsonl";

const EndSchema = z.object({
  exit_code: z.int().nullable(),
  stopped: z.enum(["time", "abort", "start"]).nullable(),
  seconds: z.number().nonnegative(),
});

/** What the run that an attempt left says. */
const RunSchema = z.object({
  /** null = nothing reads what was left, and `problem` says why. */
  extractor: z.string().nullable(),
  problem: z.string().nullable(),
  step_count: z.int().nonnegative().nullable(),
  /** null = not recorded. */
  cost_usd: z.number().nonnegative().nullable(),
  onset_step_id: z.int().positive().nullable(),
  infrastructure_failure: z.string().nullable(),
  /** The first step that does what the original run's onset did; null = none does, or the original has no onset. */
  recurrence: z
    .object({ step_id: z.int().positive(), similarity: z.number(), is_onset: z.boolean() })
    .nullable(),
});
export type AttemptRun = z.infer<typeof RunSchema>;

/** One finished attempt, a line of `attempts.jsonl`. */
export const AttemptSchema = z.object({
  order: z.int().positive(),
  arm: z.enum(ARMS),
  pair: z.int().positive(),
  verdict: z.enum(["passed", "failed", "excluded"]),
  exclusion: z
    .object({
      reason: z.enum(Object.keys(EXCLUSION_RULES) as [keyof typeof EXCLUSION_RULES]),
      detail: z.string(),
    })
    .nullable(),
  /** null = it did not come to it. */
  agent: EndSchema.nullable(),
  check: EndSchema.nullable(),
  run: RunSchema.nullable(),
});
export type Attempt = z.infer<typeof AttemptSchema>;

/** The finished attempts of an experiment: a file of one JSON object a line, only ever appended to, and on the disk before the next attempt begins. */
export class Ledger {
  readonly #file: string;
  readonly #attempts = new Map<number, Attempt>();
  #isTorn: boolean;

  /** Reads the file in `out`, if there is one. A line that a kill tore is passed over. */
  constructor(out: string) {
    this.#file = path.join(out, LEDGER_FILE);
    const text = fs.existsSync(this.#file) ? fs.readFileSync(this.#file, "utf8") : "";
    this.#isTorn = text !== "" && !text.endsWith("\n");
    for (const line of text.split("\n")) this.#read(line);
  }

  /** In the order in which they were made. */
  get attempts(): readonly Attempt[] {
    return [...this.#attempts.values()].sort((a, b) => a.order - b.order);
  }

  has(order: number): boolean {
    return this.#attempts.has(order);
  }

  append(attempt: Attempt): void {
    const descriptor = fs.openSync(this.#file, "a");
    try {
      fs.writeSync(descriptor, `${this.#isTorn ? "\n" : ""}${JSON.stringify(attempt)}\n`);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    this.#isTorn = false;
    this.#attempts.set(attempt.order, attempt);
  }

  #read(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    const attempt = AttemptSchema.safeParse(value);
    if (attempt.success && !this.#attempts.has(attempt.data.order))
      this.#attempts.set(attempt.data.order, attempt.data);
  }
}
