import { describe, expect, it } from "vitest";
import { compareRuns, comparisonMarkdown, renderComparison } from "../../src/compare/index.ts";
import { displayWidth } from "../../src/report/columns.ts";
import { madeWorkspace } from "../support/made-workspace.ts";
import { change, look, steps, writeFile } from "../support/steps.ts";

const SAME = [1, 2, 3, 4, 5].map((number) => look(`cat file-${number}`, "text"));
const A = madeWorkspace("runs/a", steps(...SAME, writeFile("parser.py", "tabs = 1")), {
  outcome: { resolved: false, source: "result.json: reward" },
});
const B = madeWorkspace("runs/b", steps(...SAME, change("rm parser.py", { thinking: "It is not needed." })));
const RUNS = [A, B] as const;

describe("renderComparison", () => {
  it("prints where the runs part and folds what is the same", () => {
    const text = renderComparison(compareRuns(A, B), RUNS, { color: false, width: 80, full: false });
    expect(text).toBe(`A           runs/a
B           runs/b
Task        the same words in both runs
Alike       5 steps the same and 0 alike, of 6 and 6 (83 % the same)

Where they part
            The first change that they do not share comes after step 5 of A and
            step 5 of B, the last that is the same.
A           step 6 of 6: cat > parser.py <<'EOF'
  A, step 6, action "cat > parser.py <<'EOF' ⏎ tabs = 1 ⏎ EOF"
B           step 6 of 6: rm parser.py
  B, step 6, action "rm parser.py"
  B, step 6, thinking "It is not needed."

What each knew then
A           had read nothing that the other had not
B           had read nothing that the other had not

Where they end
A           not solved (source: result.json: reward), after 6 steps
            most suspicious is step 6: No single rule names this step, but its
            signs weigh together: it writes a file by hand.
            alone changed parser.py
B           not recorded, after 6 steps

Step by step
= [1–5] 5 steps                         │ [1–5] the same
< [6] cat > parser.py <<'EOF' (change)  │
>                                       │ [6] rm parser.py (change)
`);
  });

  it("lists every step with --full and stays within the width", () => {
    const text = renderComparison(compareRuns(A, B), RUNS, { color: false, width: 60, full: true });
    expect(text.match(/^= /gm)).toHaveLength(5);
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(60);
  });

  it("prints hostile text without its control sequences", () => {
    const hostile = madeWorkspace("h\u001b]0;owned\u0007", steps(change("echo \u001b[2J| <b>`x`")));
    const comparison = compareRuns(hostile, B);
    const text = renderComparison(comparison, [hostile, B], { color: false, width: 80, full: true });
    expect(text).not.toContain("\u001b");
    const markdown = comparisonMarkdown(comparison, [hostile, B], true);
    expect(markdown).not.toContain("\u001b");
    expect(markdown).toContain("action: `` echo | <b>`x` ``\n");
    expect(markdown).toContain("step 1 of 1: echo \\| \\<b\\>\\`x\\`");
  });
});

describe("comparisonMarkdown", () => {
  it("is a document with a table of the steps", () => {
    const markdown = comparisonMarkdown(compareRuns(A, B), RUNS, false);
    expect(markdown.startsWith("# Two runs compared\n- **A**: runs/a\n")).toBe(true);
    expect(markdown).toContain("| = | \\[1–5\\] 5 steps | \\[1–5\\] the same |");
    expect(markdown).toContain("## Where they part");
  });
});
