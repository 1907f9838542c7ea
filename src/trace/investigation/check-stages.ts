import type { Report } from "./report.ts";
import { idList, type ReportContext } from "./report-context.ts";

const STAGES_MOST = 10_000;

/** Whether every stage was weighed: it has an entry, and some step of it was opened or a reason says why none was. */
export function checkStages(given: Report["stages"], { stages, opened }: ReportContext): string[] {
  const entries = new Map(given.flatMap((one) => stageIds(one.stage_id).map((id) => [id, one] as const)));
  const missing = stages.filter((one) => !entries.has(one.stage_id)).map((one) => one.stage_id);
  const unseen = stages.filter((one) => {
    const note = entries.get(one.stage_id)?.note;
    return note !== undefined && note.trim() === "" && !isOpened(one, opened);
  });
  return [
    ...(missing.length > 0 ? [`\`stages\` has no entry for ${stageWords(missing)}.`] : []),
    ...(unseen.length > 0
      ? [
          `No step of ${stageWords(unseen.map((one) => one.stage_id))} was opened: open one or say in \`note\` why not.`,
        ]
      : []),
  ];
}

/** The stages that an entry speaks of: `3`, `"3"` or `"3-7"`. */
function stageIds(given: number | string): number[] {
  const [first = 0, last = first] = String(given)
    .split(/\s*[-–]\s*/)
    .map(Number);
  return Array.from({ length: Math.max(0, Math.min(last - first, STAGES_MOST) + 1) }, (_, at) => first + at);
}

function isOpened(stage: ReportContext["stages"][number], opened: ReportContext["opened"]): boolean {
  for (let id = stage.start_step_id; id <= stage.end_step_id; id++) if (opened(id)) return true;
  return false;
}

function stageWords(ids: readonly number[]): string {
  return `${ids.length === 1 ? "stage" : "stages"} ${idList(ids)}`;
}
