import { cut, displayWidth } from "../../report/columns.ts";
import { Page, type RenderOptions } from "../../report/page.ts";
import { printable } from "../../report/printable.ts";
import type { ExperimentReport } from "./report.ts";
import { ARM_HEADS, armRows, missingWords, PAIR_HEADS, pairRows, testWords, verdictWords } from "./words.ts";

const ACTION_COLUMNS = 150;

/** The result of an experiment for a terminal. */
export function renderTerminal(report: ExperimentReport, options: RenderOptions): string {
  const page = new Page(options);
  page.paragraph(verdictWords(report), 0, page.colors.bold);
  page.gap();
  page.path("run", report.run);
  page.path("hint", report.hint_source);
  if (report.original_onset !== null) page.field("mistake", mistakeWords(report.original_onset));
  page.gap();
  table(page, [[...ARM_HEADS], ...armRows(report)]);
  page.heading("Pairs");
  table(page, [[...PAIR_HEADS], ...pairRows(report.comparison)]);
  page.gap();
  for (const sentence of testWords(report.comparison)) page.paragraph(sentence);
  list(page, "Left out", missingWords(report));
  list(page, "Not known", report.not_known);
  page.gap();
  page.path("files", report.out);
  return page.toString();
}

function mistakeWords({ step_id, action }: NonNullable<ExperimentReport["original_onset"]>): string {
  return `step ${step_id}: ${cut(printable(action).replace(/ +/g, " "), ACTION_COLUMNS)}`;
}

function table(page: Page, rows: readonly (readonly string[])[]): void {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  for (const [index, row] of rows.entries()) {
    const cells = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)));
    page.line(cells.join("  ").trimEnd(), 0, index === 0 ? page.colors.dim : undefined);
  }
}

function list(page: Page, heading: string, sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  page.heading(heading);
  for (const sentence of sentences) page.paragraph(`- ${sentence}`);
}
