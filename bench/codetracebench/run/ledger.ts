import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { SCHEMAS } from "../../../src/index.ts";
import type { Prediction } from "../types.ts";

const IdsSchema = z.array(z.int().positive()).readonly();
const RangeSchema = z.object({ stage_id: z.int(), start_step_id: z.int(), end_step_id: z.int() });

const PredictionSchema: z.ZodType<Prediction> = z.object({
  traj_id: z.string(),
  method: z.string(),
  repetition: z.int().positive(),
  incorrect_step_ids: IdsSchema,
  unuseful_step_ids: IdsSchema,
  onset_step_id: z.int().positive().nullable(),
  stage_ranges: z.array(RangeSchema).readonly().exactOptional(),
  scores: z
    .array(z.object({ step_id: z.int().positive(), probability: z.number().min(0).max(1) }))
    .readonly()
    .exactOptional(),
  findings: SCHEMAS.diagnosis.shape.findings.exactOptional(),
  usage: z.object({
    calls: z.int().nonnegative(),
    input_tokens: z.int().nonnegative(),
    output_tokens: z.int().nonnegative(),
    cost_usd: z.number().nonnegative().nullable(),
    seconds: z.number().nonnegative(),
  }),
});

const EntrySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("started"), key: z.string(), reserved_usd: z.number().nonnegative() }),
  z.object({ type: z.literal("predicted"), key: z.string(), prediction: PredictionSchema }),
]);
type Entry = z.infer<typeof EntrySchema>;

/** What a prediction is filed under. */
export interface PredictionKey {
  traj_id: string;
  method: string;
  /** From 1. */
  repetition: number;
  /** From `configDigest`. */
  digest: string;
}

/**
 * The predictions made so far: a file of one JSON object a line, only ever appended to, a line a write. A line that a kill tore is
 * passed over and its prediction made again.
 */
export class Ledger {
  readonly #file: string;
  readonly #predictions = new Map<string, Prediction>();
  /** Reserved for predictions that were started; one that has no result may have been paid for all the same. */
  readonly #reserved = new Map<string, number>();
  #lost_usd = 0;
  #fresh: boolean;
  #isTorn: boolean;

  /** Reads the file, if there is one. `fresh` leaves it unread; the first entry sets it aside as `<file>.old`. */
  constructor(file: string, fresh: boolean) {
    this.#file = file;
    this.#fresh = fresh;
    const text = !fresh && fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    this.#isTorn = text !== "" && !text.endsWith("\n");
    for (const line of text.split("\n")) this.#read(line);
  }

  /** The prediction under a key; undefined = not made yet. */
  get(key: PredictionKey): Prediction | undefined {
    return this.#predictions.get(idOf(key));
  }

  /** Dollars of all predictions here, and of those that were started and never came to an end. */
  get spent_usd(): number {
    const known = [...this.#predictions.values()].map(({ usage }) => usage.cost_usd ?? 0);
    return [...known, ...this.#reserved.values()].reduce((sum, cost) => sum + cost, this.#lost_usd);
  }

  /** To be called before a prediction that may cost something. */
  started(key: PredictionKey, reserved_usd: number): void {
    this.#append({ type: "started", key: idOf(key), reserved_usd });
  }

  add(key: PredictionKey, prediction: Prediction): void {
    this.#append({ type: "predicted", key: idOf(key), prediction });
  }

  #append(entry: Entry): void {
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    if (this.#fresh && fs.existsSync(this.#file)) fs.renameSync(this.#file, `${this.#file}.old`);
    fs.appendFileSync(this.#file, `${this.#isTorn ? "\n" : ""}${JSON.stringify(entry)}\n`);
    this.#fresh = false;
    this.#isTorn = false;
    this.#take(entry);
  }

  #read(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    const entry = EntrySchema.safeParse(value);
    if (entry.success) this.#take(entry.data);
  }

  #take(entry: Entry): void {
    if (entry.type === "started") {
      this.#lost_usd += this.#reserved.get(entry.key) ?? 0;
      this.#reserved.set(entry.key, entry.reserved_usd);
      return;
    }
    if (entry.prediction.usage.cost_usd !== null) this.#reserved.delete(entry.key);
    if (!this.#predictions.has(entry.key)) this.#predictions.set(entry.key, entry.prediction);
  }
}

function idOf({ traj_id, method, repetition, digest }: PredictionKey): string {
  return JSON.stringify([traj_id, method, repetition, digest]);
}
