import { describe, expect, it } from "vitest";
import type { Extractor } from "../../../src/extract/extractor.ts";
import { checkFidelity } from "../../../src/extract/fidelity/index.ts";
import { type DiskRun, openDirectory } from "../../../src/run/disk-run.ts";
import type { FidelityCheck } from "../../../src/trajectory/extraction.ts";
import type { Step } from "../../../src/trajectory/step.ts";
import { tempRun } from "../../support/temp-run.ts";
import {
  CALLS,
  DOCUMENT_WITHOUT_IDS,
  documentReader,
  LOG_WITH_IDS,
  logReader,
  PLAIN_LOG,
  plainReader,
  prose,
} from "./made-run.ts";

function opened(text: string): DiskRun {
  return openDirectory(`${tempRun({ "run.made": text })}/run.made`);
}

/** What one check says where the reader gives other steps than it reads. */
function checked(
  name: string,
  reader: Extractor,
  text: string,
  spoil: (steps: readonly Step[]) => readonly Step[] = (steps) => steps,
): FidelityCheck | undefined {
  const run = opened(text);
  const original = reader.extract(run);
  const trajectory = { ...original, steps: [...spoil(original.steps)] };
  const { checks } = checkFidelity({ ...reader, extract: () => trajectory }, run, trajectory);
  return checks.find((check) => check.name === name);
}

const at = (index: number, change: (step: Step) => Step) => (steps: readonly Step[]) =>
  steps.map((step, other) => (other === index ? change(step) : step));

describe("calls without a step", () => {
  it("counts the ids that stand where ids of calls stand", () => {
    const name = "calls without a step";
    expect(checked(name, logReader, LOG_WITH_IDS)).toEqual({
      name,
      passed: true,
      value: 0,
      detail: "0 of 24 that stand where calls stand",
    });
    expect(checked(name, logReader, LOG_WITH_IDS, (steps) => steps.slice(0, 20))).toEqual({
      name,
      passed: false,
      value: 4,
      detail: "4 of 24 that stand where calls stand",
    });
  });

  it("gives way to a reader's own way of counting", () => {
    const counting = { ...logReader, countActions: () => CALLS.length };
    expect(checked("calls without a step", counting, LOG_WITH_IDS)).toBeUndefined();
  });
});

describe("calls in the order of the raw files", () => {
  const name = "calls in the order of the raw files";
  const swapped = (steps: readonly Step[]): Step[] => {
    const [first, second, ...rest] = steps;
    return first && second ? [second, first, ...rest] : [];
  };

  it("names the steps that stand too late", () => {
    expect(checked(name, logReader, LOG_WITH_IDS)?.detail).toBe("24 of 24 calls were found in the texts");
    expect(checked(name, logReader, LOG_WITH_IDS, swapped)).toEqual({
      name,
      passed: false,
      value: 1,
      detail: "steps 1 stand before the step that comes before them",
    });
  });

  it("goes by the times where the files tell no order", () => {
    const reversed =
      (secondOf: (index: number) => number): Extractor["extract"] =>
      (run) => {
        const { steps, ...rest } = documentReader.extract(run);
        const backwards = [...steps].reverse().map((step, index) => ({
          ...step,
          step_id: index + 1,
          started_at: `2026-01-01T00:00:${String(secondOf(index)).padStart(2, "0")}Z`,
        }));
        return { ...rest, steps: backwards };
      };
    const spans: Extractor = { ...documentReader, order: "time", extract: reversed((index) => index) };
    expect(checked(name, spans, DOCUMENT_WITHOUT_IDS)?.passed).toBe(true);
    expect(checked(name, spans, DOCUMENT_WITHOUT_IDS, swapped)?.passed).toBe(false);
    const atOnce: Extractor = { ...spans, extract: reversed(() => 7) };
    expect(checked(name, atOnce, DOCUMENT_WITHOUT_IDS)?.passed).toBe(true);
    expect(checked(name, { ...atOnce, order: "file" }, DOCUMENT_WITHOUT_IDS)?.passed).toBe(false);
  });
});

describe("observations belong to their calls", () => {
  const name = "observations belong to their calls";
  const detailOf = (change: (step: Step) => Step): string | undefined =>
    checked(name, logReader, LOG_WITH_IDS, at(4, change))?.detail;

  it("tells what is wrong with which", () => {
    expect(checked(name, logReader, LOG_WITH_IDS)?.detail).toBe("24 of 24 answers");
    expect(detailOf((step) => ({ ...step, observation: CALLS[9]?.output ?? null }))).toBe(
      "23 of 24 answers; observed otherwise in steps 5",
    );
    expect(detailOf((step) => ({ ...step, observation: null }))).toBe(
      "23 of 24 answers; not observed in steps 5",
    );
    expect(detailOf((step) => ({ ...step, observation: (step.observation ?? "").slice(0, 900) }))).toBe(
      "23 of 24 answers; observed in part in steps 5",
    );
  });

  it("takes an empty observation where the answer says that there was nothing", () => {
    const quiet = LOG_WITH_IDS.replace(JSON.stringify(CALLS[4]?.output), '"(no output)"');
    const said = checked(
      name,
      logReader,
      quiet,
      at(4, (step) => ({ ...step, observation: "" })),
    );
    expect(said?.passed).toBe(true);
  });

  it("goes by the lines where calls have no ids", () => {
    const beside = at(3, (step) => ({
      ...step,
      observation_ref: { path: "run.made", line_start: 1, line_end: 2 },
    }));
    expect(checked(name, plainReader, PLAIN_LOG)?.passed).toBe(true);
    expect(checked(name, plainReader, PLAIN_LOG, beside)?.detail).toMatch(
      /observed at another place in steps 4/,
    );
  });
});

describe("texts of the steps stand in the raw files", () => {
  const name = "texts of the steps stand in the raw files";

  it("finds what stands nowhere", () => {
    const invented = at(7, (step) => ({ ...step, observation: prose(9999, 3) }));
    expect(checked(name, logReader, LOG_WITH_IDS, invented)).toEqual({
      name,
      passed: false,
      value: 1,
      detail: "found nowhere: texts of steps 8",
    });
  });

  it("takes an observation that is raw JSON as it stands", () => {
    const answer = { found: CALLS.slice(0, 5).map(({ id, output }) => ({ id, note: output.slice(0, 12) })) };
    const text = LOG_WITH_IDS.replace(JSON.stringify(CALLS[7]?.output), JSON.stringify(answer));
    const rendered = at(7, (step) => ({ ...step, observation: JSON.stringify(answer) }));
    expect(checked(name, logReader, text, rendered)?.passed).toBe(true);
  });
});

describe("long texts are whole", () => {
  it("fails where most of them are cut", () => {
    const name = "long texts are whole";
    const cut = (steps: readonly Step[]): Step[] =>
      steps.map((step) => ({ ...step, observation: (step.observation ?? "").slice(0, 400) }));
    expect(checked(name, logReader, LOG_WITH_IDS)?.detail).toBe(
      "0 of 6 long texts begin in a step and end in none",
    );
    expect(checked(name, logReader, LOG_WITH_IDS, cut)).toMatchObject({ passed: false, value: 6 });
  });
});

describe("prose between the calls is read", () => {
  const name = "prose between the calls is read";
  const dropped = (steps: readonly Step[]): Step[] => steps.map(({ thinking: _, ...step }) => step);

  it("fails where a kind of text is in no step", () => {
    expect(checked(name, logReader, LOG_WITH_IDS)).toMatchObject({ passed: true, value: 0 });
    expect(checked(name, logReader, LOG_WITH_IDS, dropped)?.passed).toBe(false);
  });

  it("sees thoughts that stand behind their call in one record", () => {
    const behind = JSON.stringify({
      turns: CALLS.map(({ command, thought, output }) => ({ command, output, thought })),
    });
    expect(checked(name, documentReader, behind)?.passed).toBe(true);
    expect(checked(name, documentReader, behind, dropped)?.passed).toBe(false);
  });

  it("says nothing of a summary that leads to no call", () => {
    const text = `${LOG_WITH_IDS}${JSON.stringify({ type: "closing", text: prose(77, 20) })}\n`;
    expect(checked(name, logReader, text)?.passed).toBe(true);
  });
});

describe("lines between the calls are read", () => {
  const name = "lines between the calls are read";

  it("looks at plain text only", () => {
    expect(checked(name, logReader, LOG_WITH_IDS)?.passed).toBeNull();
  });

  it("fails where many lines are in no step", () => {
    const begun = (steps: readonly Step[]): Step[] =>
      steps.map((step) => ({ ...step, observation: (step.observation ?? "").slice(0, 80) }));
    expect(checked(name, plainReader, PLAIN_LOG)).toMatchObject({ passed: true, value: 1 });
    expect(checked(name, plainReader, PLAIN_LOG, begun)?.passed).toBe(false);
  });

  it("counts a line once that differs in numbers only", () => {
    const noisy = PLAIN_LOG.replaceAll("\n$ ", "\nThe harness has used 4711 tokens of its budget so far\n$ ");
    expect(checked(name, plainReader, noisy)?.passed).toBe(true);
  });
});

describe("raw text found in steps", () => {
  it("fails a reader that loses most of a run", () => {
    const name = "raw text found in steps";
    const emptied = (steps: readonly Step[]): Step[] =>
      steps.map(({ thinking: _, ...step }) => ({ ...step, observation: null }));
    expect(checked(name, logReader, LOG_WITH_IDS)).toMatchObject({ passed: true, value: 1 });
    expect(checked(name, logReader, LOG_WITH_IDS, emptied)?.passed).toBe(false);
  });
});
