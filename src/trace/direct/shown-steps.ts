import { countTokens, estimateTokens } from "../../model/count-tokens.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { compactViews } from "../views/compact-view.ts";
import { fullViews } from "../views/full-view.ts";
import { cutMiddle } from "../views/plain-text.ts";

/** What a step is shown with at the least, in characters. A run that does not fit even so is read in parts. */
const LEAST_STEP_CHARS = 260;
const MOST_STEP_CHARS = 40_000;
/** A full view is cut rather than the compact one taken where the cut leaves this many times as much. */
const CUT_PAYS_FROM = 2;
/** Attempts to come below an exact count with an estimate. */
const FITTINGS = 4;
const SEARCH_STEPS = 9;

/** The steps of a run as text for a model, more or less of each as room allows. */
export class ShownSteps {
  readonly #steps: readonly IndexedStep[];
  readonly #nonce: string;
  readonly #full: readonly string[];
  /** As long as compact views get. */
  readonly #compact: readonly string[];
  /** Compact views of the whole run by the characters that they were made for: parts search through the same ones. */
  readonly #compactAt = new Map<number, readonly string[]>();

  constructor(steps: readonly IndexedStep[], nonce: string) {
    this.#steps = steps;
    this.#nonce = nonce;
    this.#full = fullViews(steps, nonce);
    this.#compact = compactViews(steps, nonce, Number.POSITIVE_INFINITY);
  }

  /** About the tokens that each step takes at the least, in step order. */
  leastTokens(): number[] {
    return this.#compactWithin(this.#steps.length * LEAST_STEP_CHARS).map(estimateTokens);
  }

  /**
   * The steps from `first` to `last` in at most so many tokens, as counted: all in full where that fits, else with the same allowance for
   * all, of which short steps leave to the long ones what they do not need.
   */
  async within(first: number, last: number, tokens: number): Promise<string[]> {
    let room = tokens;
    let shown = this.#estimated(first, last, room);
    for (let fitting = 1; fitting < FITTINGS; fitting++) {
      const count = await countTokens(shown.join("\n"));
      if (count <= tokens) break;
      room *= (tokens / count) * 0.98;
      shown = this.#estimated(first, last, room);
    }
    return shown;
  }

  #estimated(first: number, last: number, tokens: number): string[] {
    const part = (views: readonly string[]): string[] => views.slice(first - 1, last);
    const compact = part(this.#compact);
    if (tokensOf(compact) <= tokens) {
      const full = part(this.#full);
      return largest(MOST_STEP_CHARS, tokens, (chars) =>
        full.map((view, index) => stepWithin(view, compact[index] ?? "", chars)),
      );
    }
    const most = this.#compact.reduce((sum, view) => sum + view.length, 0);
    return largest(most, tokens, (chars) => part(this.#compactWithin(chars)));
  }

  #compactWithin(chars: number): readonly string[] {
    const known = this.#compactAt.get(chars);
    if (known !== undefined) return known;
    const views = compactViews(this.#steps, this.#nonce, chars);
    this.#compactAt.set(chars, views);
    return views;
  }
}

/** The views made with the largest number of characters, up to `most`, at which they come to at most `tokens`. */
function largest(most: number, tokens: number, make: (chars: number) => string[]): string[] {
  let best = make(most);
  if (tokensOf(best) <= tokens) return best;
  best = make(0);
  let low = 0;
  let high = most;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const middle = (low + high) / 2;
    const views = make(middle);
    if (tokensOf(views) <= tokens) {
      best = views;
      low = middle;
    } else high = middle;
  }
  return best;
}

function stepWithin(full: string, compact: string, chars: number): string {
  if (full.length <= chars) return full;
  return chars >= CUT_PAYS_FROM * compact.length ? `${cutMiddle(full.trimEnd(), chars)}\n` : compact;
}

function tokensOf(views: readonly string[]): number {
  return views.reduce((sum, view) => sum + estimateTokens(view), 0);
}
