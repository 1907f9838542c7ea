import type { Step } from "../../trajectory/step.ts";
import { squash } from "./grams.ts";
import { byKind } from "./raw-texts.ts";
import type { SurveyedText } from "./survey.ts";

/** Where calls stand: the order of the text, and within a text how far into it. */
export interface Located {
  orders: (number | undefined)[];
  /** Steps whose call stands in the texts, but only before the call of the step before. */
  outOfOrder: ReadonlySet<number>;
}

const MAX_KINDS = 8;
const PROBE_CHARS = 200;
/** A kind of text that holds fewer of the calls is not where they stand. */
const MIN_LOCATED = 0.7;
/** After so many calls, a kind that holds less than half of them is given up. */
const FIRST_CALLS = 20;
/** A call is looked for so far on, and so far back, in letters and digits. */
const MAX_AWAY_CHARS = 256 << 10;

/**
 * Finds calls that have no ids: one after the other in the kind of text that holds most of them. null where no
 * kind holds them.
 */
export function locateInTurn(steps: readonly Step[], texts: readonly SurveyedText[]): Located | null {
  const probes = steps.map((step) => squash(step.action.slice(0, 2 * PROBE_CHARS)).slice(0, PROBE_CHARS));
  let best: { located: Located; count: number } | null = null;
  for (const ofKind of likelyKinds(steps.length, texts)) {
    const located = walk(probes, ofKind);
    if (located === null) continue;
    const count = located.orders.filter((order) => order !== undefined).length + located.outOfOrder.size;
    if (best === null || count > best.count) best = { located, count };
  }
  return best?.located ?? null;
}

/** The kinds with enough texts to hold the calls, those first of which most stands in the steps. */
function likelyKinds(steps: number, texts: readonly SurveyedText[]): SurveyedText[][] {
  const calls = (ofKind: readonly SurveyedText[]): number =>
    ofKind.reduce((sum, text) => sum + text.calls.length, 0);
  return [...byKind(texts).values()]
    .map((ofKind) => ({ ofKind, held: calls(ofKind) }))
    .filter(({ ofKind, held }) => held > 0 || ofKind.length * 3 >= steps)
    .sort((a, b) => b.held - a.held || b.ofKind.length - a.ofKind.length)
    .slice(0, MAX_KINDS)
    .map(({ ofKind }) => ofKind);
}

/** null = too few of the calls stand in these texts. */
function walk(probes: readonly string[], texts: readonly SurveyedText[]): Located | null {
  const looker = new Looker(texts);
  const judged = probes.filter((probe) => probe !== "").length;
  const outOfOrder = new Set<number>();
  const orders: (number | undefined)[] = [];
  let [tried, missed] = [0, 0];
  for (const [step, probe] of probes.entries()) {
    const order = probe === "" ? undefined : looker.next(probe);
    orders.push(order);
    if (probe === "") continue;
    tried++;
    if (order === undefined) {
      if (looker.standsBefore(probe)) outOfOrder.add(step);
      else missed++;
    }
    if (missed > judged * (1 - MIN_LOCATED) || (tried >= FIRST_CALLS && missed * 2 > tried)) return null;
  }
  return judged === 0 ? null : { orders, outOfOrder };
}

/** A place in texts that calls are looked for from. */
class Looker {
  readonly #texts: readonly SurveyedText[];
  readonly #squashed: string[] = [];
  #text = 0;
  #char = 0;

  constructor(texts: readonly SurveyedText[]) {
    this.#texts = texts;
  }

  /** Where a probe stands from here on: the order of the text, and how far into it. Goes on behind it. */
  next(probe: string): number | undefined {
    let looked = 0;
    for (let at = this.#text; at < this.#texts.length && looked < MAX_AWAY_CHARS; at++) {
      const text = this.#textAt(at);
      const found = text.indexOf(probe, at === this.#text ? this.#char : 0);
      if (found >= 0) {
        [this.#text, this.#char] = [at, found + probe.length];
        return (this.#texts[at]?.order ?? 0) + found / (text.length + 1);
      }
      looked += text.length;
    }
    return undefined;
  }

  /** Whether a probe stands at a place that was gone by. */
  standsBefore(probe: string): boolean {
    let looked = 0;
    for (let at = this.#text; at >= 0 && looked < MAX_AWAY_CHARS; at--) {
      if (this.#textAt(at).includes(probe)) return true;
      looked += this.#textAt(at).length;
    }
    return false;
  }

  #textAt(at: number): string {
    const known = this.#squashed[at];
    if (known !== undefined) return known;
    const made = squash(this.#texts[at]?.text ?? "");
    this.#squashed[at] = made;
    return made;
  }
}
