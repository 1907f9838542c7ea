import { associate, associationMarkdown } from "../../fleet/association/index.ts";
import { readClusters, readFacts, readFleet, workspaceOf } from "../../fleet/facts/index.ts";
import { type FleetRunDetail, fleetRunDetail } from "../../report/html/fleet-detail.ts";
import { fleetPage } from "../../report/html/fleet-page.ts";
import { fleetMarkdown } from "../../report/markdown/fleet-markdown.ts";
import { plural } from "../../report/words.ts";
import type { RunFacts } from "../../trajectory/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { readWorkspace } from "../../workspace/read.ts";
import type { Report } from "./report-run.ts";

type Fleet = ReturnType<typeof readFleet>;

/** The report of a finished fleet. Throws CodeTracerError `bad_workspace`. */
export function fleetReport(folder: string, target: string): Report {
  const fleet = readFleet(folder);
  const facts = readFacts(folder);
  const { counts } = fleet;
  const incorrect = facts.filter((run) => run.incorrect_step_ids.length > 0).length;
  return {
    counts: {
      incorrect,
      unresolved: counts.failed,
      unreadable: counts.unreadable,
      fidelity: counts.fidelity_failed,
    },
    lines: [
      ["Fleet", target],
      [
        "Runs",
        `${counts.runs} read, ${counts.unreadable} could not be read; ${plural(counts.steps, "step")}`,
      ],
      [
        "Outcomes",
        `${counts.solved} solved, ${counts.failed} not solved, ${counts.unknown} unknown, ${counts.infrastructure} broken by the harness`,
      ],
      ["Labels", `${plural(incorrect, "run")} with incorrect steps`],
    ],
    json: { fleet: target, ...counts },
    rawRun: null,
    html: () => pageOfFleet(folder, target, fleet, facts),
    markdown: () =>
      fleetMarkdown({
        name: target,
        facts,
        unreadable: fleet.unreadable,
        behaviours: associationMarkdown(associate(facts, { by: "all" })),
      }),
  };
}

function pageOfFleet(folder: string, name: string, fleet: Fleet, facts: readonly RunFacts[]): string {
  const { tracer, model } = fleet.settings;
  return fleetPage({
    name,
    codetracer_version: fleet.codetracer_version,
    diagnosed_by: model === null ? "rules, no model asked" : `${tracer} with ${model}`,
    runs: facts.map((one) => ({ facts: one, detail: detailOf(workspaceOf(folder, one.run_id)) })),
    unreadable: fleet.unreadable,
    associations: (["all", "agent", "model"] as const).flatMap((by) => associate(facts, { by })),
    clusters: readClusters(folder),
    warnings: fleet.warnings,
  });
}

/** What the page takes from a workspace; null where it cannot be read: the facts are there all the same. */
function detailOf(workspace: string): FleetRunDetail | null {
  try {
    const { diagnosis, labels, ...read } = readWorkspace(workspace);
    return diagnosis && labels ? fleetRunDetail({ ...read, diagnosis, labels }) : null;
  } catch (error) {
    if (error instanceof CodeTracerError) return null;
    throw error;
  }
}
