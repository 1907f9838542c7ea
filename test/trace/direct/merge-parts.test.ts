import { describe, expect, it } from "vitest";
import type { PartAnswer } from "../../../src/trace/direct/ask-part.ts";
import { type AnsweredPart, mergeParts, toldOf } from "../../../src/trace/direct/merge-parts.ts";
import type { Finding, Investigation } from "../../../src/trace/investigation/investigation.ts";
import { ReportSchema } from "../../../src/trace/investigation/report.ts";
import { REPORT } from "./support.ts";

const finding = (steps: readonly number[], later: Finding["later"]): Finding => ({
  step_ids: steps,
  kind: "wrong_change",
  confidence: 0.5,
  stretch: [steps[0] ?? 1, steps.at(-1) ?? 1],
  stretch_share: 1,
  evidence: [{ step_id: steps[0] ?? 1, where: "action", quote: "make" }],
  reasoning: "in vain",
  later,
});

function answered(first: number, last: number, told: Partial<Investigation> | null): AnsweredPart {
  const investigation: Investigation = {
    findings: [],
    unuseful: [],
    summary: "",
    root_cause_chain: [],
    critical_decisions: [],
    strategy: null,
    warnings: [],
    ...told,
  };
  const answer: PartAnswer = {
    report: null,
    investigation: told === null ? null : investigation,
    end: told === null ? "malformed" : "done",
    handed_back: 0,
  };
  return { part: { first_step_id: first, last_step_id: last, stages: [] }, answer };
}

describe("mergeParts", () => {
  it("keeps one part as it is", () => {
    const told = { findings: [finding([3], "kept")], summary: "All went wrong.", strategy: "Read first." };
    expect(mergeParts([answered(1, 9, told)])).toEqual({ ...emptyInvestigation(), ...told });
  });

  it("joins parts, a later word on the same steps in place of the earlier one", () => {
    const merged = mergeParts([
      answered(1, 9, {
        findings: [finding([3], "kept"), finding([8, 9], "unknown")],
        summary: "First.",
        root_cause_chain: ["a"],
        strategy: "Read.",
        warnings: ["w"],
      }),
      answered(10, 20, null),
      answered(21, 30, {
        findings: [finding([9], "built_upon"), finding([25], "kept")],
        summary: "Last.",
        root_cause_chain: ["b"],
        critical_decisions: [{ step_id: 25, decision: "d" }],
        warnings: ["w"],
      }),
    ]);
    expect(merged).toEqual({
      findings: [finding([3], "kept"), finding([9], "built_upon"), finding([25], "kept")],
      unuseful: [],
      summary: "Steps 1 to 9: First. Steps 21 to 30: Last.",
      root_cause_chain: ["a", "b"],
      critical_decisions: [{ step_id: 25, decision: "d" }],
      strategy: "Read.",
      warnings: ["w"],
    });
  });

  it("is empty where no part was judged", () => {
    expect(mergeParts([answered(1, 9, null)])).toEqual(emptyInvestigation());
  });
});

describe("toldOf", () => {
  const part = { first_step_id: 1, last_step_id: 4, stages: [] };

  it("names the candidates in short", () => {
    expect(toldOf(part, ReportSchema.parse(REPORT))).toBe(
      "Steps 1 to 4: The answer was guessed.\n- steps 4 (fabricated_result, 80): Step 3 had shown that there is no table.",
    );
  });

  it("says where there are none", () => {
    expect(toldOf(part, ReportSchema.parse({ ...REPORT, candidates: [] }))).toBe(
      "Steps 1 to 4: The answer was guessed.\n- no step found wrong",
    );
  });
});

function emptyInvestigation(): Investigation {
  return {
    findings: [],
    unuseful: [],
    summary: "",
    root_cause_chain: [],
    critical_decisions: [],
    strategy: null,
    warnings: [],
  };
}
