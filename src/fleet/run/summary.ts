import { Page, type RenderOptions } from "../../report/page.ts";
import { plural, shellWord } from "../../report/words.ts";
import { FLEET_PLACES, type FleetFile, type Unreadable } from "../facts/index.ts";
import { TABLES } from "../tables/index.ts";
import { groupReasons } from "./group-reasons.ts";

/** Groups of reasons that are shown; the rest is counted. */
const REASONS_SHOWN = 5;

/** A finished fleet on a terminal: what was read and what was not, and how the runs ended. Pure. */
export function renderFleet(fleet: FleetFile, options: RenderOptions): string {
  const page = new Page(options);
  const { counts } = fleet;
  page.paragraph(headline(fleet), 0, page.colors.bold);
  page.field("Outcomes", outcomes(fleet));
  page.field("Steps", stepWords(fleet));
  page.field("Diagnosed", diagnosedBy(fleet));
  if (counts.fidelity_failed > 0)
    page.field(
      "Fidelity",
      `${plural(counts.fidelity_failed, "run")} with a check that failed`,
      page.colors.yellow,
    );
  page.field("This call", callWords(fleet));
  reasons(page, "Unreadable", fleet.unreadable);
  reasons(page, "Not traced", fleet.untraced);
  for (const warning of fleet.warnings) page.field("Note", warning, page.colors.yellow);
  return page.toString();
}

/** Where everything of a fleet lies, and what to do with it. Pure. */
export function renderPlaces(folder: string, options: RenderOptions): string {
  const page = new Page(options);
  const word = shellWord(folder);
  page.path("Workspaces", `${folder}/${FLEET_PLACES.workspaces}`);
  page.path("Tables", `${folder}/${FLEET_PLACES.tables} (${TABLES.map(({ name }) => name).join(", ")})`);
  const query = "select agent, outcome, count(*) from runs group by all order by all";
  page.path("Next", `codetracer fleet query ${word} "${query}"`, page.colors.cyan);
  return page.toString();
}

function headline({ counts }: FleetFile): string {
  const unreadable = counts.unreadable === 0 ? "" : `, ${counts.unreadable} could not be read`;
  return `${plural(counts.runs, "run")} read${unreadable}`;
}

function outcomes({ counts }: FleetFile): string {
  const { solved, failed, unknown, infrastructure } = counts;
  const known = solved + failed;
  const rate = known === 0 ? "" : ` (${((100 * solved) / known).toFixed(0)} % of the known ones solved)`;
  const harness = infrastructure === 0 ? "" : `, ${infrastructure} broken by the harness`;
  return `${solved} solved, ${failed} failed, ${unknown} unknown${harness}${rate}`;
}

function stepWords({ counts }: FleetFile): string {
  const empty = counts.without_steps === 0 ? "" : `; ${plural(counts.without_steps, "run")} without any`;
  const tasks = counts.tasks === 0 ? "" : `; ${plural(counts.tasks, "task")} by their text`;
  return `${counts.steps}${empty}${tasks}`;
}

function diagnosedBy({ settings }: FleetFile): string {
  return settings.model === null
    ? "by rules, no model asked"
    : `by ${settings.tracer} with ${settings.model}`;
}

function callWords({ last_call }: FleetFile): string {
  const { seconds, made, kept, bytes_read } = last_call;
  const keptWords = kept === 0 ? "" : `, ${kept} kept from before`;
  const rate =
    made === 0 || seconds === 0
      ? ""
      : `; ${megabytes(bytes_read)} of raw data, ${megabytes(bytes_read / seconds)}/s`;
  return `${seconds.toFixed(1)} s: ${plural(made, "run")} read${keptWords}${rate}`;
}

function megabytes(bytes: number): string {
  const mb = bytes / 1e6;
  return `${mb < 10 ? mb.toFixed(1) : mb.toFixed(0)} MB`;
}

function reasons(page: Page, name: string, failed: readonly Unreadable[]): void {
  const groups = groupReasons(failed);
  for (const [index, { count, code, example }] of groups.slice(0, REASONS_SHOWN).entries())
    page.field(index === 0 ? name : "", `${count} × ${code}: ${example}`, page.colors.red);
  const rest = groups.slice(REASONS_SHOWN);
  if (rest.length === 0) return;
  const runs = rest.reduce((sum, { count }) => sum + count, 0);
  page.field(
    "",
    `and ${plural(runs, "run")} for ${plural(rest.length, "other reason")}: see the table unreadable`,
  );
}
