import type { Trajectory } from "../../trajectory/trajectory.ts";
import { clip, grams, squash } from "./grams.ts";

/** The parts of a step whose text comes from the raw files. */
export const FIELDS = ["action", "observation", "thinking"] as const;
export type Field = (typeof FIELDS)[number];

/** One field of one step. */
export interface Place {
  /** Counts the steps from 0. */
  step: number;
  field: Field;
}

/** How a piece of raw text stands in the steps. */
export interface Found {
  samples: number;
  /** How many of its samples stand in some step. */
  known: number;
  /** The field that alone holds most of what is known; null where there is none, or several. */
  owner: Place | null;
  /** The steps that alone hold a good part of their call in it. */
  calls: readonly number[];
}

/** Texts up to this length that give no sample are compared whole. */
const MAX_SHORT_CHARS = 400;
/** Steps whose texts are larger are compared at fewer places. */
const FINE_CHARS = 512 << 10;
const SEVERAL = -1;
/** Shorter arguments, such as `true`, stand in many places. */
const MIN_ARGUMENT_CHARS = 10;
/** Files hold long texts several times. */
const CACHED_CHARS = 300;
/** Whether a text was asked for is judged by its beginning. */
const JUDGED_CHARS = 4000;
/** A call is where this share of what only it holds stands. */
const MIN_CALL_SHARE = 0.3;

/** All texts of the steps, to be asked whether and where a piece of raw text stands in them. */
export class TextIndex {
  readonly #owners = new Map<number, number>();
  readonly #short = new Map<string, number>();
  readonly #seen = new Set<number>();
  readonly #found = new Map<string, Found | null>();
  readonly #owned = new Map<number, number>();
  readonly #bits: number;
  /** Reused: hashes of the text at hand. */
  readonly #grams: number[] = [];

  constructor({ steps, task }: Trajectory) {
    const chars = steps.reduce((sum, step) => sum + step.action.length + (step.observation?.length ?? 0), 0);
    this.#bits = chars < FINE_CHARS ? 30 : chars < 16 * FINE_CHARS ? 28 : 26;
    for (const [step, { action, observation, thinking, arguments: args }] of steps.entries()) {
      this.#add(action, step * FIELDS.length);
      for (const leaf of textsIn(args))
        if (leaf.length >= MIN_ARGUMENT_CHARS) this.#add(leaf, step * FIELDS.length);
      this.#add(observation ?? "", step * FIELDS.length + 1);
      this.#add(thinking ?? "", step * FIELDS.length + 2);
    }
    if (task !== null) this.#add(task, SEVERAL);
    for (const owner of this.#owners.values()) this.#owned.set(owner, (this.#owned.get(owner) ?? 0) + 1);
  }

  /** Whether and where a piece of text stands; null where it is too short to tell. Remembers what was asked. */
  find(text: string): Found | null {
    if (text.length < CACHED_CHARS) return this.#search(text);
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const found = this.#search(text);
    this.#found.set(text, found);
    return found;
  }

  #search(text: string): Found | null {
    grams(clip(text), this.#bits, this.#grams);
    const samples = this.#grams.length;
    if (samples === 0) return this.#findShort(text);
    const votes = new Map<number, number>();
    let known = 0;
    for (const gram of this.#grams) {
      const owner = this.#owners.get(gram);
      if (owner === undefined) continue;
      known++;
      this.#seen.add(gram);
      if (owner !== SEVERAL) votes.set(owner, (votes.get(owner) ?? 0) + 1);
    }
    let owner: Place | null = null;
    const calls: number[] = [];
    for (const [at, count] of votes) {
      const place = placeOf(at);
      if (count * 2 > known) owner = place;
      if (place.field === "action" && count >= (this.#owned.get(at) ?? 0) * MIN_CALL_SHARE)
        calls.push(place.step);
    }
    return { samples, known, owner, calls };
  }

  /** The share of a step's text that was asked for; null where the text is too short to tell. */
  shareSeen(text: string): number | null {
    grams(text.slice(0, JUDGED_CHARS), this.#bits, this.#grams);
    const seen = this.#grams.filter((gram) => this.#seen.has(gram)).length;
    return this.#grams.length === 0 ? null : seen / this.#grams.length;
  }

  #findShort(text: string): Found | null {
    if (text.length > MAX_SHORT_CHARS) return null;
    const owner = this.#short.get(squash(text));
    if (owner === undefined) return null;
    const place = owner === SEVERAL ? null : placeOf(owner);
    return { samples: 1, known: 1, owner: place, calls: place?.field === "action" ? [place.step] : [] };
  }

  #add(text: string, owner: number): void {
    grams(clip(text), this.#bits, this.#grams);
    for (const gram of this.#grams) {
      const known = this.#owners.get(gram);
      if (known !== owner) this.#owners.set(gram, joined(known, owner));
    }
    if (text.length > MAX_SHORT_CHARS) return;
    const squashed = squash(text);
    if (squashed !== "") this.#short.set(squashed, joined(this.#short.get(squashed), owner));
  }
}

/** Who holds a text that `owner` holds too: within one step the field that was there first. */
function joined(known: number | undefined, owner: number): number {
  if (known === undefined || known === owner) return owner;
  const isSameStep =
    known !== SEVERAL &&
    owner !== SEVERAL &&
    Math.floor(known / FIELDS.length) === Math.floor(owner / FIELDS.length);
  return isSameStep ? known : SEVERAL;
}

function placeOf(owner: number): Place {
  return { step: Math.floor(owner / FIELDS.length), field: FIELDS[owner % FIELDS.length] ?? "action" };
}

/** Every text in a call's arguments. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) yield* textsIn(item);
}
