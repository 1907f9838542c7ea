import { isCheck, isSubmission } from "../../../trace/rules/action-reading.ts";
import { firstLine } from "../../../trace/step-text.ts";
import type { IndexedStep } from "../../../trajectory/index.ts";
import { counted, type FailedRun, type Sign } from "./sign.ts";

const RUNS =
  /^(?:python[\d.]*|node|deno|bun|bash|sh|ruby|perl|php|java|Rscript|curl|wget|sqlite3?|psql|\.\/.*|\/.*)$/;
/** Looked at from the front of an action. */
const ACTION_CHARS = 2_000;
const INSTALLS =
  /^\s*(?:sudo )?(?:npm|yarn|pnpm|pip[\d.]*|conda|apt(?:-get)?|apk|gem|brew) (?:-\S+ )*(?:install|ci|add|update)\b[^\n;&|]*$/;

/** Signs of how the last edit was checked: not at all, in vain, or by a check that the verifier did not share. */
export function checkSigns({ steps }: FailedRun): Sign[] {
  const last = steps.findLast((step) => (step.touches.writes?.length ?? 0) > 0 && !step.failed);
  if (last === undefined) return [];
  const after = steps.filter((step) => step.step_id > last.step_id && !isSubmission(step));
  const checks = after.filter(isTry);
  const quote = firstLine(last.action);
  const lastEdit: Sign["evidence"] =
    quote === null ? [] : [{ step_id: last.step_id, where: "action", quote }];
  if (checks.length === 0) {
    return [
      {
        stage: "verification",
        weight: after.length === 0 ? 0.75 : 0.6,
        reason:
          after.length === 0
            ? "the run ends with an edit that nothing ran or tested"
            : "nothing ran or tested the last edit",
        evidence: lastEdit,
      },
    ];
  }
  return [checkedSign(checks, lastEdit)];
}

/** A step that runs something and is no mere installation. */
function isTry(step: IndexedStep): boolean {
  if (INSTALLS.test(step.action.slice(0, ACTION_CHARS))) return false;
  return isCheck(step) || step.touches.programs.some((program) => RUNS.test(program));
}

function checkedSign(checks: readonly IndexedStep[], lastEdit: Sign["evidence"]): Sign {
  const last = checks.at(-1);
  const quote = last === undefined ? null : firstLine(last.action);
  const evidence: Sign["evidence"] =
    last === undefined || quote === null ? lastEdit : [{ step_id: last.step_id, where: "action", quote }];
  return last?.failed === true
    ? {
        stage: "verification",
        weight: 0.8,
        reason: "the last check of the last edit failed and the run ended there",
        evidence,
      }
    : {
        stage: "hypothesis",
        weight: 0.55,
        reason: `its own last check raised no alarm (${counted(checks.length, "check")} after the last edit)`,
        evidence,
      };
}
