import { describe, expect, it } from "vitest";
import { fileActs } from "../../../src/replay/plan/file-acts.ts";
import { patchOperations } from "../../../src/replay/plan/patch-acts.ts";
import { toolSpec } from "../../../src/trajectory/tools.ts";

function acts(tool: string, args: Record<string, unknown>) {
  return fileActs(toolSpec(tool, args), args);
}

describe("a file tool's call as operations", () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      "Write",
      { file_path: "/a", content: "x" },
      { operations: [{ operation: "write", path: "/a", content: "x" }] },
    ],
    [
      "str_replace_editor",
      { command: "create", path: "/a", file_text: "x\n" },
      { operations: [{ operation: "write", path: "/a", content: "x\n" }] },
    ],
    [
      "str_replace_editor",
      { command: "str_replace", path: "/a", old_str: "x" },
      { operations: [{ operation: "edit", path: "/a", edits: [{ kind: "once", old: "x", new: "" }] }] },
    ],
    [
      "file_editor",
      { command: "insert", path: "/a", insert_line: 2, new_str: "y" },
      {
        operations: [
          { operation: "edit", path: "/a", edits: [{ kind: "insert", after_line: 2, text: "y" }] },
        ],
      },
    ],
    [
      "Edit",
      { file_path: "/a", old_string: "x", new_string: "y", replace_all: true },
      { operations: [{ operation: "edit", path: "/a", edits: [{ kind: "all", old: "x", new: "y" }] }] },
    ],
    [
      "Edit",
      { file_path: "/a", old_string: "", new_string: "y" },
      { operations: [{ operation: "append", path: "/a", content: "y" }] },
    ],
    [
      "MultiEdit",
      {
        file_path: "/a",
        edits: [
          { old_string: "x", new_string: "y" },
          { old_string: "y", new_string: "z", replace_all: true },
        ],
      },
      {
        operations: [
          {
            operation: "edit",
            path: "/a",
            edits: [
              { kind: "once", old: "x", new: "y" },
              { kind: "all", old: "y", new: "z" },
            ],
          },
        ],
      },
    ],
    [
      "replace_in_file",
      { path: "/a", diff: "------- SEARCH\nx\n=======\ny\nz\n+++++++ REPLACE\n" },
      {
        operations: [
          { operation: "edit", path: "/a", edits: [{ kind: "lines", old: "x\n", new: "y\nz\n" }] },
        ],
      },
    ],
    [
      "edit",
      { path: "/a", search: "x", replace: "" },
      { operations: [{ operation: "edit", path: "/a", edits: [{ kind: "lines", old: "x\n", new: "" }] }] },
    ],
    ["Write", {}, { reason: "the call does not say which file it changes" }],
    ["Write", { file_path: "/a" }, { reason: "what it wrote is not recorded" }],
    ["edit", { path: "/a", start_line: 1 }, { reason: "the call does not name the text that it replaced" }],
    ["apply_patch", { input: "--- a\n+++ b\n" }, { reason: "the patch is of a form that is not known" }],
  ])("%s %j", (tool, args, expected) => {
    expect(acts(tool, args)).toEqual(expected);
  });

  it("reads a patch of several files", () => {
    const patch = `*** Begin Patch
*** Add File: new.py
+import os
+
*** Delete File: old.py
*** Update File: src/a.py
*** Move to: src/b.py
@@ def f():
 x = 1
-y = 2
+y = 3

+z = 4
@@
+last
*** End of File
*** End Patch`;
    expect(patchOperations(patch)).toEqual({
      operations: [
        { operation: "write", path: "new.py", content: "import os\n\n" },
        { operation: "delete", path: "old.py" },
        {
          operation: "edit",
          path: "src/a.py",
          edits: [
            { kind: "seek", text: "def f():" },
            { kind: "lines", old: "x = 1\ny = 2\n\n", new: "x = 1\ny = 3\n\nz = 4\n" },
            { kind: "add", text: "last\n" },
          ],
        },
        { operation: "move", path: "src/a.py", to: "src/b.py" },
      ],
    });
  });
});
