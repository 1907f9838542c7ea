import { describe, expect, test } from "vitest";
import { createOpened, type Opened } from "../../../src/trace/agent/opened.ts";
import { compactViews } from "../../../src/trace/views/compact-view.ts";
import { fullView } from "../../../src/trace/views/full-view.ts";
import { stepHeader } from "../../../src/trace/views/step-header.ts";
import { change, look, steps } from "../../support/steps.ts";

const NONCE = "0123456789ab";
const SHARED = "this line is printed by two of the steps";
const RUN = steps(
  look("ls", "total 3"),
  change("python3 train.py --epochs 40 --quiet", {
    observation: `loss fell to 0.0317 in the end\n${SHARED}`,
    thinking: 'Now "train" it\tand see whether the loss falls.',
    name: "run train.py for forty epochs",
  }),
  look("cat notes.txt", `${SHARED}\n\u001b[31mcolours stand in this line\u001b[0m`),
  look("ls", "total 3", { repeat_of: 1 }),
);
const TREE =
  "root\n└── [2] run train.py for forty epochs (change)\n└── [3] cat notes.txt of the model (explore)";
const views = compactViews(RUN, NONCE);
const record = (id: number): string => JSON.stringify(RUN[id - 1]);

function opened(): Opened {
  return createOpened(RUN, {
    nonce: NONCE,
    hidden: [TREE, "cat notes.txt of the model", "train a model well"],
  });
}

describe("createOpened", () => {
  test.each([
    ["a compact view", views[1] ?? "", [2]],
    ["all views", views.join(""), [1, 2, 3, 4]],
    ["a full view among others", `note\n${RUN[2] ? fullView(RUN[2], NONCE) : ""}more`, [3]],
    ["a line of its output", "loss fell to 0.0317 in the end", [2]],
    ["a line that grep numbered", "2:    loss fell to 0.0317 in the end", [2]],
    ["the greater part of a line", "…oss fell to 0.0317 in the e", []],
    [
      "a long stretch of a long line",
      'step 2: hether: --quiet\nain" it\tand see whether the loss falls',
      [2],
    ],
    ["its action", "python3 train.py --epochs 40 --quiet", [2]],
    ["a coloured line", "\u001b[31mcolours stand in this line\u001b[0m", [3]],
    ["a line of steps.json", record(2), [2]],
    ["its action alone as JSON", JSON.stringify(RUN[1]?.action), [2]],
    ["its thinking as JSON", JSON.stringify(RUN[1]?.thinking), [2]],
    ["a record as jq prints it", JSON.stringify(RUN[0], null, 2), [1]],
    ["number and action, the action first", '{"action": "ls", "step_id": 4}', [4]],
  ])("%s opens it", (_, output, ids) => {
    expect(opened().see(output)).toEqual(ids);
  });

  test.each([
    ["a number", "step 2 is suspicious, and so is [3]"],
    ["numbers as JSON", '{"candidates":[{"steps":[2],"quotes":[{"step":2,"text":"loss"}]}],"step_id": 2}'],
    ["a number beside another action", '{"step_id": 2, "action": "ls"}'],
    ["a line of two steps", SHARED],
    ["the tree", TREE],
    ["the tree and the name of a step", `${TREE}\nrun train.py for forty epochs`],
    ["headers alone", RUN.map((step) => stepHeader(step, NONCE)).join("\n")],
    [
      "a header with another's token",
      `${RUN[0] ? stepHeader(RUN[0], NONCE).replace("[1]", "[2]") : ""}\n$ x`,
    ],
    ["a header of another run", `${RUN[1] ? stepHeader(RUN[1], "ba9876543210") : ""}\n$ x`],
    ["a short word", "total 3"],
    ["nothing", ""],
  ])("%s opens nothing", (_, output) => {
    expect(opened().see(output)).toEqual([]);
  });

  test("remembers what was opened", () => {
    const session = opened();
    session.see(record(3));
    expect(session.see("nothing of it")).toEqual([]);
    session.see(views[0] ?? "");
    expect([1, 2, 3, 4].filter((id) => session.has(id))).toEqual([1, 3]);
    expect(session.ids()).toEqual([1, 3]);
  });

  test("finds one step among many in megabytes", { timeout: 60_000 }, () => {
    const line = (id: number, at: number): string =>
      `value ${Math.imul(id * 977 + at, 40_503) >>> 0} at ${at}`;
    const many = steps(
      ...Array.from({ length: 200 }, (_, id) =>
        look(`read ${id}`, Array.from({ length: 400 }, (_, at) => line(id, at)).join("\n")),
      ),
    );
    const session = createOpened(many, { nonce: NONCE, hidden: [] });
    expect(session.see(Array.from({ length: 50 }, (_, at) => line(7, at + 20)).join("\n"))).toEqual([8]);
  });
});
