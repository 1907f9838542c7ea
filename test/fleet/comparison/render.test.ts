import { describe, expect, it } from "vitest";
import {
  compareFleets,
  fleetComparisonMarkdown,
  renderFleetComparison,
} from "../../../src/fleet/comparison/index.ts";
import { displayWidth } from "../../../src/report/columns.ts";
import { madeFacts } from "./made-facts.ts";

const A = [
  madeFacts("a1", "t1", true, { cost_usd: 0.0312, shows: { planning: true, "tool-loop": false } }),
  madeFacts("a2", "t2", false, {
    cost_usd: 0.05,
    stage: "looping",
    shows: { planning: true, "tool-loop": false },
  }),
];
const B = [
  madeFacts("b1", "t1", false, {
    cost_usd: 0.02,
    onset_step_id: 3,
    shows: { planning: false, "tool-loop": false },
  }),
  madeFacts("b2", "t2", false, {
    cost_usd: 0.04,
    stage: "looping",
    shows: { planning: true, "tool-loop": false },
  }),
];
const HOW = { seed: 1, resamples: 1000, names: ["before", "after"] as const };
const COMPARISON = compareFleets(A, B, { ...HOW, names: [...HOW.names] });

describe("renderFleetComparison", () => {
  it("prints what is solved, what got worse, and what changed", () => {
    expect(renderFleetComparison(COMPARISON, { color: false, width: 100 })).toBe(TEXT);
  });

  it("keeps to the width and lets nothing of a run control the terminal", () => {
    const evil = "\u001b[2J\u202e task \u0007".repeat(20);
    const facts = [madeFacts("a\u001b[31m", "t1", true, { task: evil, shows: { [evil]: true } })];
    const others = [
      madeFacts("b\u001b[31m", "t1", false, { task: evil, agent: evil, shows: { [evil]: true } }),
    ];
    const text = renderFleetComparison(compareFleets(facts, others, HOW_PLAIN), { color: false, width: 80 });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
  });
});

describe("fleetComparisonMarkdown", () => {
  it("prints the same for a pull request", () => {
    expect(fleetComparisonMarkdown(COMPARISON)).toBe(MARKDOWN);
  });

  it("lets nothing of a run become markup", () => {
    const evil = "<img src=x onerror=alert(1)> [x](http://evil) @someone `code` | cell";
    const facts = [madeFacts("a`1`", "t1", true, { task: evil })];
    const markdown = fleetComparisonMarkdown(compareFleets(facts, [madeFacts("b1", "t1", false)], HOW_PLAIN));
    expect(markdown).toContain(
      "- \\<img src=x onerror=alert(1)\\> \\[x\\](http:\u2060//evil) @\u2060someone \\`code\\` \\| cell\n",
    );
    expect(markdown).toContain("  - A: `` a`1` ``: solved");
  });
});

const HOW_PLAIN = { seed: 1, resamples: 100 };

const TEXT = `A           before: 2 runs: 1 solved, 1 failed, 0 unknown
            agent 1 · model (2)
B           after: 2 runs: 0 solved, 2 failed, 0 unknown
            agent 1 · model (2)
Tasks       2 in both; left out: nothing of A, nothing of B
Solved      A 50 %, B 0 %: −50 points (95 % interval −100 to 0) over 2 tasks
            1 only by A, 0 only by B, 0 by both, 1 by neither; exact McNemar p = 1.00
Note        Only 2 tasks with known outcomes: the intervals are rough, and no difference can be told
            from chance unless it is great.

Regressions: solved in A, failed in B (1)
  do t1
    A  a1
       solved, 1 step, score 100
    B  b1
       failed, 1 step, score 70, goes wrong at step 3; hypothesis: why b1 failed

Means over tasks
                          tasks       A       B    B − A       95 % interval
  score (points)              2    85.0    70.0    −15.0        −30.0 to 0.0
  process score (points)      2     100     100        0              0 to 0
  steps                       2     1.0     1.0      0.0          0.0 to 0.0
  changes (steps)             2     0.0     0.0      0.0          0.0 to 0.0
  failed steps                2     0.0     0.0      0.0          0.0 to 0.0
  cost (dollars)              2  0.0406  0.0300  −0.0106  −0.0112 to −0.0100

Behaviours
  behaviour  tasks      A     B  points  95 % interval  only A / B  p, Holm
  planning       2  100 %  50 %     −50      −100 to 0       1 / 0     1.00
  In neither: tool-loop

Where failed runs failed first
  stage       tasks     A     B  points  95 % interval  only A / B  p, Holm
  hypothesis      2   0 %  50 %     +50      0 to +100       0 / 1     1.00
  looping         2  50 %  50 %       0         0 to 0       0 / 0     1.00
  In neither: environment, dependency, localisation, verification, unknown
`;

const MARKDOWN = `# Two fleets compared

- **A**: before: 2 runs: 1 solved, 1 failed, 0 unknown
  - agent 1 · model (2)
- **B**: after: 2 runs: 0 solved, 2 failed, 0 unknown
  - agent 1 · model (2)
- **Tasks**: 2 in both; left out: nothing of A, nothing of B
- **Solved**: A 50 %, B 0 %: −50 points (95 % interval −100 to 0) over 2 tasks
  - 1 only by A, 0 only by B, 0 by both, 1 by neither; exact McNemar p = 1.00
- **Note**: Only 2 tasks with known outcomes: the intervals are rough, and no difference can be told from chance unless it is great.

## Regressions: solved in A, failed in B (1)

- do t1
  - A: \`a1\`: solved, 1 step, score 100
  - B: \`b1\`: failed, 1 step, score 70, goes wrong at step 3; hypothesis: why b1 failed

## Means over tasks

|  | tasks | A | B | B − A | 95 % interval |
|---|---:|---:|---:|---:|---:|
| score (points) | 2 | 85.0 | 70.0 | −15.0 | −30.0 to 0.0 |
| process score (points) | 2 | 100 | 100 | 0 | 0 to 0 |
| steps | 2 | 1.0 | 1.0 | 0.0 | 0.0 to 0.0 |
| changes (steps) | 2 | 0.0 | 0.0 | 0.0 | 0.0 to 0.0 |
| failed steps | 2 | 0.0 | 0.0 | 0.0 | 0.0 to 0.0 |
| cost (dollars) | 2 | 0.0406 | 0.0300 | −0.0106 | −0.0112 to −0.0100 |

## Behaviours

| behaviour | tasks | A | B | points | 95 % interval | only A / B | p, Holm |
|---|---:|---:|---:|---:|---:|---:|---:|
| planning | 2 | 100 % | 50 % | −50 | −100 to 0 | 1 / 0 | 1.00 |

In neither: tool-loop

## Where failed runs failed first

| stage | tasks | A | B | points | 95 % interval | only A / B | p, Holm |
|---|---:|---:|---:|---:|---:|---:|---:|
| hypothesis | 2 | 0 % | 50 % | +50 | 0 to +100 | 0 / 1 | 1.00 |
| looping | 2 | 50 % | 50 % | 0 | 0 to 0 | 0 / 0 | 1.00 |

In neither: environment, dependency, localisation, verification, unknown
`;
