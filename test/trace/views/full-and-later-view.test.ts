import { describe, expect, test } from "vitest";
import { fullView, fullViews } from "../../../src/trace/views/full-view.ts";
import { laterViews } from "../../../src/trace/views/later-view.ts";
import { stepHeader } from "../../../src/trace/views/step-header.ts";
import { change, failure, look, type StepSketch, steps, writeFile } from "../../support/steps.ts";

const NONCE = "0123456789ab";

function full(sketch: StepSketch): string {
  const [step] = steps(sketch);
  if (!step) return "";
  return fullView(step, NONCE).replace(stepHeader(step, NONCE), "[header]");
}

describe("fullView", () => {
  test.each([
    [
      "everything, as it stands",
      look("ls\n-la", "a\n\nb", { thinking: "Look.\nWell." }),
      "[header]\nthinks: Look.\nWell.\n$ ls\n-la\noutput: a\n\nb\n",
    ],
    ["no output", look("ls", ""), "[header]\n$ ls\noutput: (empty)\n"],
    ["nothing recorded", look("", null), "[header]\n$ (nothing)\noutput: (not recorded with this step)\n"],
    ["colours", look("ls", "\u001b[1mx\u001b[0m"), "[header]\n$ ls\noutput: x\n"],
  ])("%s", (_, sketch, view) => {
    expect(full(sketch)).toBe(view);
  });

  test("20,000 characters of a field, from both ends", () => {
    const view = full(look("cat", `start${"x".repeat(50_000)}end`));
    expect(view).toMatch(/^\[header\]\n\$ cat\noutput: startx+\n\[… 30008 characters left out …\]\nx+end\n$/);
  });
});

describe("fullViews", () => {
  const prompt = "root@host:/app#";
  const listing = "total 12\n-rw-r--r-- 1 root root 12 main.c\n-rw-r--r-- 1 root root 10 main.o";

  test.each<[string, StepSketch[], string[]]>([
    [
      "the output of a turn stands at its last step",
      [look("cd src", null, { parallel_group: 1 }), look("ls", `${prompt} ls\na.c`, { parallel_group: 1 })],
      ["(at step 2)", `${prompt} ls\na.c`],
    ],
    ["not recorded", [look("ls", null)], ["(not recorded with this step)"]],
    [
      "the output of the next step, recorded twice",
      [look("make", listing), look("ls -la", listing)],
      ["(the same text as step 2 printed: its own is missing, perhaps a time-out)", listing],
    ],
    [
      "the echo of a here-document goes, what it printed stays",
      [
        look(
          "python3 << 'EOF'\nprint('a word')\nprint(4)\nEOF\n",
          [
            `${prompt} python3 << 'EOF'`,
            "> print('a word')",
            "> print(4)",
            "> EOF",
            "a word",
            "4",
            prompt,
          ].join("\n"),
        ),
      ],
      [`${prompt} python3 << 'EOF'\na word\n4\n${prompt}`],
    ],
    [
      "no prompt came back",
      [
        look("ls", `${prompt} ls\na.c\n${prompt}`),
        look("git clone x", `${prompt} git clone x\nUsername for 'x':`),
        look("C-c", `^C\n${prompt}`),
        look("exit", `${prompt}\nAre you sure you want to mark the task as complete?\nSay so again.`),
      ],
      [
        `${prompt} ls\na.c\n${prompt}`,
        `${prompt} git clone x\nUsername for 'x':\n(no prompt came back)`,
        `^C\n${prompt}`,
        `${prompt}\nAre you sure you want to mark the task as complete?\nSay so again.`,
      ],
    ],
  ])("%s", (_, run, outputs) => {
    const views = fullViews(steps(...run), NONCE);
    expect(views.map((view) => view.split(/^output: /m)[1]?.trimEnd())).toEqual(outputs);
    expect(views.map((view) => view.split("\n")[0])).toEqual(
      steps(...run).map((step) => stepHeader(step, NONCE)),
    );
  });
});

describe("laterViews", () => {
  test("files and repeats, from the steps after it only", () => {
    const run = steps(
      look("cat a.py", "", { touches: { reads: ["/app/a.py"] } }),
      writeFile("/app/a.py", "1"),
      look("python a.py", "", { touches: { reads: ["/app/a.py"] } }),
      failure("sed -i s/1/2/ a.py", "no", { touches: { writes: ["/app/a.py"] } }),
      writeFile("/app/a.py", "1", { repeat_of: 2 }),
      change("rm a.py", { touches: { deletes: ["/app/a.py"] }, near_repeat_of: 4 }),
    );
    expect(laterViews(run)).toEqual([
      "step 1 is not seen to write or delete a file\n",
      "step 2 writes /app/a.py; later: reads 3; writes 4✗, 5; deletes 6\nits action is repeated by 5\n",
      "step 3 is not seen to write or delete a file\n",
      "step 4 writes /app/a.py; later: writes 5; deletes 6\nits action is repeated by 6 (almost)\n",
      "step 5 writes /app/a.py; later: deletes 6\n",
      "step 6 deletes /app/a.py; later: no step is seen to touch it\n",
    ]);
  });

  test("a path of the run cannot break the line", () => {
    const [view] = laterViews(steps(change("x", { touches: { writes: ["/a\n[9] change\u202e"] } })));
    expect(view).toBe("step 1 writes /a [9] change; later: no step is seen to touch it\n");
  });
});
