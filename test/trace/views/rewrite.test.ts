import { describe, expect, test } from "vitest";
import { rewriteGist, rewrites } from "../../../src/trace/views/rewrite.ts";
import { change, type StepSketch, steps, writeFile } from "../../support/steps.ts";

const CODE = Array.from({ length: 20 }, (_, at) => `value_${at} = compute(${at})`);
const code = CODE.join("\n");
const other = CODE.map((line) => line.replace("compute", "guess")).join("\n");
const half = [...CODE.slice(0, 8), ...other.split("\n").slice(8)].join("\n");

function tool(file_path: string, content: string): StepSketch {
  const given = { file_path, content };
  return change(`Write ${JSON.stringify(given)}`, { arguments: given, touches: { writes: [file_path] } });
}

describe("rewrites", () => {
  test.each<[string, StepSketch[], (number | null)[]]>([
    ["the same file", [writeFile("/a.py", code), writeFile("/a.py", `${code}\nlast = 1`)], [null, 1]],
    ["the same file, less than half of it", [writeFile("/a.py", code), writeFile("/a.py", half)], [null, 1]],
    [
      "another file, less than half of it",
      [writeFile("/a.py", code), writeFile("/b.py", half)],
      [null, null],
    ],
    [
      "another file, most of it",
      [writeFile("/a.py", code), writeFile("/b.py", `${code}\nlast = 1`)],
      [null, 1],
    ],
    ["other content", [writeFile("/a.py", code), writeFile("/a.py", other)], [null, null]],
    ["too little", [writeFile("/a.py", "a = 1"), writeFile("/a.py", "a = 1")], [null, null]],
    [
      "the earlier write that is most like it",
      [writeFile("/a.py", code), writeFile("/a.py", other), writeFile("/a.py", `${code}\nlast = 1`)],
      [null, null, 1],
    ],
    ["a tool that writes files", [tool("/a.py", code), tool("/a.py", `${code}\nlast = 1`)], [null, 1]],
    [
      "patches say by themselves what they change",
      [change(`*** Begin Patch\n${code}`), change(`*** Begin Patch\n${code}\nlast = 1`)],
      [null, null],
    ],
    ["blank lines are no content", [change("\n".repeat(30)), change("{\n".repeat(30))], [null, null]],
  ])("%s", (_, run, of) => {
    expect(rewrites(steps(...run)).map((found) => found?.of ?? null)).toEqual(of);
  });
});

describe("rewriteGist", () => {
  const [, rewrite] = rewrites(
    steps(
      writeFile("/a.py", code),
      writeFile(
        "/a.py",
        ["first = 1", ...CODE.slice(0, 5), ...CODE.slice(8, 19), "# mock data", "data = [1]"].join("\n"),
      ),
    ),
  );
  const gist = (chars: number): string => (rewrite ? rewriteGist(rewrite, chars) : "");

  test("all that changed, where there is room", () => {
    expect(gist(2000)).toBe(
      [
        "cat > /a.py <<'EOF'",
        "… 17 lines as at step 1",
        "+ first = 1",
        "…",
        "- value_5 = compute(5)",
        "- value_6 = compute(6)",
        "- value_7 = compute(7)",
        "…",
        "- value_19 = compute(19)",
        "+ # mock data",
        "+ data = [1]",
      ].join("\n"),
    );
  });

  test("else what owns to a stand-in, a line of each stretch, and how many are left out", () => {
    expect(gist(110)).toBe(
      [
        "cat > /a.py <<'EOF'",
        "… 17 lines as at step 1",
        "+ first = 1",
        "…",
        "+ # mock data",
        "+ data = [1]",
        "… 4 more gone",
      ].join("\n"),
    );
    expect(gist(0)).toBe("cat > /a.py <<'EOF'\n… 17 lines as at step 1\n… 4 more gone, 3 more new");
  });

  test("new lines stand in the action after their mark", () => {
    const action = writeFile("/a.py", `# mock data\n${half}`).action;
    const [, found] = rewrites(
      steps(writeFile("/a.py", code), change(action, { touches: { writes: ["/a.py"] } })),
    );
    const added = (found ? rewriteGist(found, 5000) : "").split("\n").filter((line) => line.startsWith("+ "));
    expect(added).toHaveLength(13);
    expect(added.filter((line) => !action.includes(line.slice(2)))).toEqual([]);
  });
});
