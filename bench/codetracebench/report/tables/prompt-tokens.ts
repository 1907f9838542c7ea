import type { ScoreReport } from "../../score/report-types.ts";
import { countText } from "../format.ts";
import type { TableModel } from "../page-data.ts";
import { methodCell } from "./method-cell.ts";

/** Prompt tokens by the length of runs, for methods that ask a model; null = none does. */
export function promptTokensTable(report: ScoreReport): TableModel | null {
  const rows = report.methods.flatMap((method) =>
    method.prompt_tokens.map((band) => [
      methodCell(method),
      { text: band.steps },
      { text: countText(band.predictions) },
      { text: band.mean_calls.toFixed(1) },
      { text: countText(Math.round(band.median)) },
      { text: countText(Math.round(band.p95)) },
      { text: countText(Math.round(band.most)) },
    ]),
  );
  if (rows.length === 0) return null;
  return {
    id: "prompt-tokens",
    title: "Prompt tokens by length of the run",
    notes: [
      "All calls of a prediction together, cached tokens among them; counted with a tokenizer (o200k) where the provider does not report them.",
    ],
    columns: [
      { head: "method", align: "left" },
      { head: "steps", align: "left" },
      { head: "predictions", align: "right" },
      { head: "calls\neach", align: "right" },
      { head: "median", align: "right" },
      { head: "95th\npercentile", align: "right" },
      { head: "most", align: "right" },
    ],
    rows,
  };
}
