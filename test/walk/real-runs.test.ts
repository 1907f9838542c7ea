import { describe, expect, it } from "vitest";
import { analyzeTarget } from "../../src/analyze/index.ts";
import { displayWidth } from "../../src/report/columns.ts";
import { Book } from "../../src/walk/book.ts";
import { renderScreen } from "../../src/walk/screen.ts";
import { startState } from "../../src/walk/state.ts";
import { UNSAFE } from "../report/report-input.ts";
import { corpusPath, hasCorpus } from "../support/corpus.ts";
import { linesOf, stateAfter } from "./seen.ts";

const FORMATS = ["claude_code", "codex_rollout", "harbor_claude_code", "openhands", "swe_agent"];
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 15 },
];

async function booksOf(format: string): Promise<Book[]> {
  const target = corpusPath("runs", format);
  const results = await analyzeTarget({
    target,
    shownAs: target,
    out: null,
    redact: true,
    trace: true,
    leftOut: [],
    force: false,
    learned: null,
  });
  return results.flatMap((result) =>
    result.status !== "failed" && "diagnosis" in result.workspace ? [new Book(result.workspace)] : [],
  );
}

describe.skipIf(!hasCorpus)("real runs", () => {
  it.each(FORMATS)("%s: every quote stands out in its step, and every screen fits", async (format) => {
    const books = await booksOf(format);
    let steps = 0;
    let quotes = 0;
    for (const book of books) {
      for (const label of book.workspace.diagnosis.labels)
        for (const { step_id, where } of label.evidence) {
          quotes++;
          expect(
            book.quotes(step_id, where).length,
            `${book.workspace.extraction.run} ${step_id}`,
          ).toBeGreaterThan(0);
        }
      for (const { step_id } of book.steps) {
        steps++;
        for (const size of SIZES) {
          const lines = linesOf(book, stateAfter(book, size, [">"], startState(step_id)), size);
          expect(lines).toHaveLength(size.rows);
          expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(size.columns);
          expect(lines.join("\n")).not.toMatch(UNSAFE);
        }
      }
    }
    console.info(`${format}: ${books.length} runs, ${steps} steps, ${quotes} quotes`);
    expect(steps).toBeGreaterThan(0);
  });

  it("show the next quote from the onset on", async () => {
    const books = (await booksOf("harbor_claude_code")).filter(
      ({ workspace }) => workspace.diagnosis.onset_step_id !== null,
    );
    const size = { columns: 80, rows: 24 };
    let seen = 0;
    for (const book of books) {
      const onset = stateAfter(book, size, ["o"]);
      const isLabelled = book.labels(onset.step_id).length > 0;
      const { rows } = renderScreen(book, stateAfter(book, size, ["e"], onset), size);
      const marked = rows.flat().some(({ style }) => style === "current");
      if (isLabelled && marked) seen++;
    }
    console.info(`${books.length} diagnosed runs`);
    expect(books.length).toBeGreaterThan(0);
    expect(seen).toBe(books.length);
  });
});
