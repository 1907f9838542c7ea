import { printable } from "../../../src/report/printable.ts";
import type { MethodReport, ScoreReport } from "../score/report-types.ts";
import { shownFirst } from "./lead.ts";
import type { Chart, ChartLine } from "./page-data.ts";

const SIZE = { width: 640, height: 380 };
const PLOT = { left: 48, right: 620, top: 14, bottom: 328 };

/** The tolerance curve, macro F1 on positive rows by allowed distance; null where there is nothing to draw. */
export function chartOf(report: ScoreReport): Chart | null {
  const drawn = report.methods.filter((method) => valuesOf(method).length > 0);
  if (drawn.length === 0) return null;
  const shown = shownFirst(report).filter((method) => drawn.includes(method));
  const ordered = [...shown, ...drawn.filter((method) => !shown.includes(method))];
  const values = drawn.flatMap(valuesOf);
  const farthest = Math.max(1, ...values.map((one) => one.within));
  const top = Math.max(0.1, Math.ceil(10 * Math.max(...values.map((one) => one.value))) / 10);
  const x = (within: number): number => round(PLOT.left + ((PLOT.right - PLOT.left) * within) / farthest);
  const y = (value: number): number => round(PLOT.bottom - ((PLOT.bottom - PLOT.top) * value) / top);
  const step = top > 0.5 ? 0.2 : 0.1;
  return {
    ...SIZE,
    title: "Tolerance curve",
    note: "Macro F1 on positive rows, when a predicted step may lie so many steps away from a gold step. Dashed: constant and random rules.",
    xTitle: "steps away at most",
    summary: summaryOf(ordered),
    plot: PLOT,
    xTicks: upTo(farthest).map((within) => ({ at: x(within), text: `±${within}` })),
    yTicks: upTo(Math.floor(top / step + 1e-9)).map((at) => ({
      at: y(at * step),
      text: (at * step).toFixed(1),
    })),
    lines: ordered.map((method, color) => lineOf(method, color, shown.includes(method), x, y)),
  };
}

function lineOf(
  method: MethodReport,
  color: number,
  isShown: boolean,
  x: (within: number) => number,
  y: (value: number) => number,
): ChartLine {
  return {
    name: printable(method.method),
    color,
    isBaseline: method.role !== "method",
    isShown,
    points: valuesOf(method).map(({ within, value }) => ({
      x: x(within),
      y: y(value),
      tolerance: within,
      value,
    })),
  };
}

function valuesOf(method: MethodReport): { within: number; value: number }[] {
  return method.tolerance.flatMap(({ within, macro_f1 }) =>
    macro_f1.value === null ? [] : [{ within, value: macro_f1.value }],
  );
}

function summaryOf(methods: readonly MethodReport[]): string {
  const sentences = methods.map((method) => {
    const values = valuesOf(method);
    const said = values.map(({ within, value }) => `${value.toFixed(3)} within ${within}`);
    return `${printable(method.method)}: ${said.join(", ")}.`;
  });
  return `Macro F1 by distance in steps. ${sentences.join(" ")}`;
}

function upTo(last: number): number[] {
  return Array.from({ length: last + 1 }, (_, at) => at);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
