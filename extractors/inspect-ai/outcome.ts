import {
  asNumber,
  asRecord,
  asString,
  at,
  type JsonRecord,
  type Outcome,
} from "../../src/extract/toolkit/index.ts";

const LETTERS: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

/** How a sample was scored. An exception that ended it is the harness's failure; a limit is the agent's. */
export function outcomeOf(sample: JsonRecord, source: string): Outcome {
  const scores = scoresOf(sample);
  const values = scores.map(({ value }) => numberOf(value)).filter((value) => value !== undefined);
  const isAgreed =
    values.length > 0 && values.length === scores.length && values.every((one) => one === values[0]);
  const reward = isAgreed ? (values[0] ?? null) : null;
  const error = asRecord(sample.error);
  const names = scores.map(({ name }) => name).join(", ");
  return {
    resolved: reward === 1 ? true : reward === 0 ? false : null,
    reward,
    exit_status: exitStatusOf(sample),
    source: reward === null ? null : `${source}: scores (${names})`,
    infrastructure_failure: error
      ? { reason: "the sample was ended by an exception of the harness", source: `${source}: error` }
      : null,
  };
}

function scoresOf(sample: JsonRecord): { name: string; value: unknown }[] {
  const scores = asRecord(sample.scores);
  if (scores) return Object.entries(scores).map(([name, score]) => ({ name, value: asRecord(score)?.value }));
  const only = asRecord(sample.score);
  return only ? [{ name: "score", value: only.value }] : [];
}

/** Letters, numbers and truth values; a value with several parts is none. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "string" ? LETTERS[value] : asNumber(value);
}

function exitStatusOf(sample: JsonRecord): string | null {
  if (asRecord(sample.error)) return "error";
  const limit = asString(at(sample, "limit", "type"));
  return limit === undefined ? null : `limit: ${limit}`;
}
