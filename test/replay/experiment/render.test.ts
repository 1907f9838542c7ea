import { describe, expect, it } from "vitest";
import { renderMarkdown, renderTerminal } from "../../../src/replay/experiment/index.ts";
import { reportOf } from "../../../src/replay/experiment/report.ts";
import { madeAttempts } from "./made-attempts.ts";
import { madeSettings, originalRun } from "./made-experiment.ts";

const ORIGINAL = await originalRun();
const HOSTILE = "rm `x` | \u001b[31m<script>alert(1)</script>\n# heading \u202e";

async function reported(withHint: string, withoutHint: string, action?: string) {
  const steps = ORIGINAL.steps.map((step) =>
    action === undefined || step.step_id !== ORIGINAL.diagnosis.onset_step_id ? step : { ...step, action },
  );
  const settings = await madeSettings({
    original: { ...ORIGINAL, steps },
    attempts: withHint.length,
    out: "/out",
  });
  return reportOf(settings, madeAttempts(withHint, withoutHint), withHint.includes("-") ? "max_cost" : null);
}

describe("a report", () => {
  it("for a terminal says the verdict first and what is not known last", async () => {
    const text = renderTerminal(await reported("ppppxp-", "ffffff-"), { color: false, width: 80 });
    expect(text).toBe(`not shown: of 5 pairs, 5 passed with the hint and 0 without it (p = 0.063)

run         guessed-answer
hint        made
mistake     step 8: cat > /app/count.py <<'EOF' ⏎ import gzip, glob, json ⏎
            words = 0 ⏎ for name in glob.glob("/app/reviews/train-*.jsonl.gz"):
            ⏎ with gzip.open(name, "r…

                with the hint  without it
passed          5 of 5         0 of 6
95 % interval   48 to 100 %    0 to 46 %
attempts made   6 of 7         6 of 7
excluded        1              0
out of time     0              0
same mistake    not known      not known
median steps    not known      not known
median cost     not recorded   not recorded
median seconds  3              3.5

Pairs
                passed without it  failed without it
passed with it  0                  5
failed with it  0                  0

McNemar, exact, two-sided, over 5 pairs: p = 0.063.
The difference is +100 percentage points: −4 to +100 (95 %, exact, given that 5
of 5 pairs differ).
Fisher, over all attempts that count: p = 0.0022.

Left out
- pair 5 with the hint: setup failed; ended with exit code 1
- 2 attempts not made: the limit on cost was reached

Not known
- 5 of 7 pairs count; the others are incomplete or were left out by the rules of
the protocol.
- 5 pairs cannot show a difference: p is 0.063 at least, however they end, and
0.05 is asked for. It takes 6 pairs or more.
- 11 attempts left no run that can be read: steps, cost and recurrence are over
the others.
- The cost of 11 attempts is not recorded.

files       /out
`);
  });

  it("as Markdown keeps what comes from the run in a code span", async () => {
    const text = renderMarkdown(await reported("p", "f", HOSTILE));
    expect(text).toContain("- mistake at step 8: `` rm `x` | <script>alert(1)</script> ⏎ # heading  ``\n");
    expect(text).not.toMatch(/^# heading/m);
    expect(text).toMatch(/^# Does the hint help\?\n\n\*\*Not shown: of 1 pair, 1 passed with the hint and 0/);
    expect(text).toContain("| passed with it | 0 | 1 |");
    expect(text).toContain("- 1 pair cannot show a difference: p is 1.0 at least");
    expect(text).toContain("## As declared beforehand in `protocol.json`");
  });

  it("prints no control characters of a run", async () => {
    const text = renderTerminal(await reported("p", "f", HOSTILE), { color: false, width: 60 });
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});
