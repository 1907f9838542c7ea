import type { IndexedStep } from "../../trajectory/step.ts";
import { code, done, seen } from "../quoting.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";
import { type Entry, listingsOf } from "./listing.ts";

const WORTH = 0.97;
const GONE = /([^\s:'"`‘’]+)['"’]?: No such file or directory/;
const MOVES_AWAY = /\b(?:rm|mv|unlink|shred|gunzip|bunzip2|unxz|git|rsync|cd|pushd)\s|DELETE|os\.remove/;

/** Files of the initial environment that were gone later although no command of the attempt asked for that. */
export const vanished: Miner = (source) => {
  const there = new Map<string, Entry>();
  for (const { folder, entries } of listingsOf(source)) {
    for (const entry of entries) {
      const path =
        folder === null || entry.name === folder ? entry.name : `${folder.replace(/\/$/, "")}/${entry.name}`;
      if (!entry.isFolder && !there.has(path)) there.set(path, entry);
    }
  }
  const facts = new Map<string, Fact>();
  for (const { step, step_id, lines } of source.segments) {
    for (const line of lines) {
      const path = GONE.exec(line)?.[1] ?? "";
      const entry = there.get(path);
      if (!entry || facts.has(path) || step.step_id <= entry.step_id) continue;
      const fact = goneFact(path, entry, { step, step_id, line: line.trim() }, source);
      if (fact) facts.set(path, fact);
    }
  }
  return [...facts.values()];
};

function goneFact(
  path: string,
  entry: Entry,
  gone: { step: IndexedStep; step_id: number; line: string },
  { steps }: FactSource,
): Fact | null {
  const between = steps.slice(0, gone.step.step_id - 1);
  if (between.slice(entry.step_id - 1).some((step) => MOVES_AWAY.test(step.action))) return null;
  const suspect = between.find((step) => isOnSameData(step.action, entry.name));
  const proof = suspect ? done(suspect) : null;
  const first = proof ? `; the first command on it or on what belongs to it was ${code(proof.quote)}` : "";
  return {
    text: `${code(path)} is there at the start but was gone later (${code(gone.line)}), though no command asked for that${first}. Copy it elsewhere before you run anything on it.`,
    evidence: [seen(entry.step_id, entry.line), seen(gone.step_id, gone.line), ...(proof ? [proof] : [])],
    worth: WORTH,
  };
}

/** A command on `main.db` may well be what removed `main.db-wal`. */
function isOnSameData(action: string, name: string): boolean {
  if (/^\s*(?:ls|file|stat|pwd)\b/.test(action)) return false;
  const stem = name.split("-")[0] ?? name;
  return action.includes(name) || (stem.length > 3 && action.includes(stem));
}
