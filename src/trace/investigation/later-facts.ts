import { cleanText } from "../../index-run/clean-text.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { idList } from "./report-context.ts";

const PATH_CHARS = 30;
const FILES_MAX = 2;
const CHECKS_MAX = 2;
const RANGES_MAX = 3;
const CHECK_NAME = /\b(?:test|tests|check|checks|verify|validate)\b/i;

/** What other steps made of a block, each fact a phrase: its files, its action before and again, the checks after it. */
export function laterFacts(block: readonly IndexedStep[], steps: readonly IndexedStep[]): string[] {
  const ids = new Set(block.map((step) => step.step_id));
  const last = block.at(-1)?.step_id ?? 0;
  const later = steps.filter((step) => step.step_id > last && !ids.has(step.step_id));
  return [fileFact(block, later), repeatFact(block, steps, ids), checkFact(later)].filter(
    (fact) => fact !== null,
  );
}

function fileFact(block: readonly IndexedStep[], later: readonly IndexedStep[]): string | null {
  const paths = [
    ...new Set(block.flatMap(({ touches }) => [...(touches.writes ?? []), ...(touches.deletes ?? [])])),
  ];
  if (paths.length === 0) return null;
  const users = (kind: "reads" | "writes" | "deletes"): number[] =>
    later
      .filter(({ touches }) => touches[kind]?.some((path) => paths.includes(path)))
      .map((step) => step.step_id);
  const uses = [
    ...phrase("written again in", users("writes")),
    ...phrase("deleted in", users("deletes")),
    ...phrase("read in", users("reads")),
  ];
  const names = paths.slice(0, FILES_MAX).map((path) => cleanText(path, PATH_CHARS));
  const more = paths.length > names.length ? ` and ${paths.length - names.length} more` : "";
  return `its files (${names.join(", ")}${more}): ${uses.join("; ") || "not touched again"}`;
}

function repeatFact(
  block: readonly IndexedStep[],
  steps: readonly IndexedStep[],
  ids: ReadonlySet<number>,
): string | null {
  const origins = new Set(block.map((step) => original(step)));
  const alike = steps.filter((step) => !ids.has(step.step_id) && origins.has(original(step)));
  const first = block[0]?.step_id ?? 0;
  const facts = [
    ...phrase(
      "before in",
      alike.filter((step) => step.step_id < first).map((step) => step.step_id),
    ),
    ...phrase(
      "again in",
      alike.filter((step) => step.step_id > first).map((step) => step.step_id),
    ),
  ];
  return facts.length > 0 ? `same or similar action: ${facts.join("; ")}` : null;
}

/** The step whose action this one repeats, or itself. */
function original(step: IndexedStep): number {
  return step.repeat_of ?? step.near_repeat_of ?? step.step_id;
}

function checkFact(later: readonly IndexedStep[]): string {
  const checks = later.filter(
    (step) => (step.touches.tests?.length ?? 0) > 0 || CHECK_NAME.test(step.name.slice(0, 200)),
  );
  const shown = checks.slice(0, CHECKS_MAX).map((step) => `${step.step_id} ${endOf(step)}`);
  if (shown.length === 0) return "no known check after it";
  const last = checks.at(-1);
  const end = checks.length > CHECKS_MAX && last ? ` … the last, ${last.step_id}, ${endOf(last)}` : "";
  return `checks after it: ${shown.join(", ")}${end}`;
}

/** An exit code is no judgement of what was printed. */
function endOf(step: IndexedStep): string {
  return step.failed ? "failed" : "ended without an error";
}

function phrase(words: string, ids: readonly number[]): string[] {
  return ids.length > 0 ? [`${words} ${idList(ids, RANGES_MAX)}`] : [];
}
