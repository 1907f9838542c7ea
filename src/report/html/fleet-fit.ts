import type { PageRun } from "../../page/fleet/data.ts";

/** A run on its way to the page: the names of its steps still stand as texts. */
export interface DraftRun extends Omit<PageRun, "detail"> {
  detail: (Omit<NonNullable<PageRun["detail"]>, "name_ids"> & { names: readonly string[] | null }) | null;
}

/** Characters of the runs' JSON: what a phone still opens in seconds. */
const PAGE_CHARS = 24_000_000;
/** Runs that a page can hold at all; those that failed go first. */
const MOST_RUNS = 20_000;

interface Cut {
  says: string;
  apply(run: DraftRun): DraftRun;
}

/** What goes, one after the other, until the rest fits. */
const CUTS: readonly Cut[] = [
  {
    says: "the texts of the steps around the onset",
    apply: (run) => withDetail(run, { excerpts: [] }),
  },
  {
    says: "what each step does",
    apply: (run) => withDetail(run, { names: null }),
  },
  {
    says: "all quotes of a verdict but the first",
    apply: (run) => ({
      ...withDetail(run, {
        labels: (run.detail?.labels ?? []).map((label) => ({
          ...label,
          evidence: label.evidence.slice(0, 1),
        })),
      }),
      flags: run.flags.map((flag) => ({ ...flag, evidence: flag.evidence.slice(0, 1) })),
    }),
  },
  {
    says: "the strip of steps, labels and summary of each run",
    apply: (run) => ({ ...run, detail: null }),
  },
  {
    says: "quotes and reasons of behaviours and penalties",
    apply: (run) => ({
      ...run,
      flags: run.flags.map((flag) => ({ ...flag, evidence: [], reason: "", step_ids: [] })),
      score: run.score && {
        ...run.score,
        penalties: run.score.penalties.map((penalty) => ({ ...penalty, reason: "", step_ids: [] })),
      },
    }),
  },
];

/**
 * Runs that fit a page of about `mostChars` characters, and what had to go, a sentence each. Counts of a fleet are made before.
 * The same runs lose the same.
 */
export function fitRuns(
  runs: readonly DraftRun[],
  mostChars: number = PAGE_CHARS,
  mostRuns: number = MOST_RUNS,
): { runs: DraftRun[]; leftOut: string[] } {
  const leftOut: string[] = [];
  let kept = [...runs];
  if (runs.length > mostRuns) {
    kept = failedFirst(runs).slice(0, mostRuns);
    leftOut.push(`${runs.length - mostRuns} of ${runs.length} runs: the page holds those that failed first`);
  }
  for (const { says, apply } of CUTS) {
    if (sizeOf(kept) <= mostChars) break;
    kept = kept.map(apply);
    leftOut.push(says);
  }
  const fitting = thatFit(failedFirst(kept), mostChars);
  if (fitting.length === kept.length) return { runs: kept, leftOut };
  leftOut.push(`${kept.length - fitting.length} runs that do not fit at all: those that failed come first`);
  return { runs: fitting, leftOut };
}

/** As many of the first runs as fit. */
function thatFit(runs: readonly DraftRun[], mostChars: number): DraftRun[] {
  let room = mostChars;
  const end = runs.findIndex((run) => {
    room -= sizeOf([run]);
    return room < 0;
  });
  return runs.slice(0, end < 0 ? runs.length : end);
}

function sizeOf(runs: readonly DraftRun[]): number {
  return runs.reduce((sum, run) => sum + JSON.stringify(run).length, 0);
}

function failedFirst(runs: readonly DraftRun[]): DraftRun[] {
  const rank = { failed: 0, harness: 1, unknown: 2, solved: 3 };
  return [...runs].sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}

function withDetail(run: DraftRun, change: Partial<NonNullable<DraftRun["detail"]>>): DraftRun {
  return run.detail === null ? run : { ...run, detail: { ...run.detail, ...change } };
}
