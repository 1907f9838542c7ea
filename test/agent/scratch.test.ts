import { describe, expect, it } from "vitest";
import { Scratch, type ScratchContent } from "../../src/agent/scratch.ts";
import { packStart, unpackScratch } from "../../src/agent/scratch-tar.ts";
import { tar } from "../run/packers.ts";

const file = (name: string, text = "x"): ScratchContent["files"][number] => ({
  name,
  bytes: new TextEncoder().encode(text),
  executable: false,
});

describe("the scratch area", () => {
  it.each([
    "/etc/passwd",
    "../opt/codetracer/bin/steps",
    "a/../../b",
    "a//b",
    "./a",
    ".",
    "",
    "a\nb",
    "a\u0000b",
    "bad\uFFFDname",
    "x".repeat(201),
  ])("keeps no file or folder named %j", (name) => {
    const scratch = new Scratch(1);
    expect(scratch.keep({ files: [file(name), file("ok")], folders: [name, "folder"] })).toBeNull();
    expect(scratch.content).toEqual({ files: [file("ok")], folders: ["folder"] });
  });

  it("stays as it was where there is too much", () => {
    const scratch = new Scratch(1);
    scratch.keep({ files: [file("a", "first")], folders: [] });
    const large = { files: [file("a", "x".repeat(1024 * 1024 + 1))], folders: [] };
    expect(scratch.keep(large)).toBe("there are more than 1 MB");
    const many = { files: [], folders: Array.from({ length: 1001 }, (_, index) => `f${index}`) };
    expect(scratch.keep(many)).toBe("there are more than 1000 files");
    expect(scratch.take("a")).toBe("first");
    expect(scratch.take("a")).toBeNull();
  });
});

describe("a tar of the scratch area", () => {
  it("gives regular files and folders, whatever else it holds", async () => {
    const bytes = await tar([
      { name: "./", header: { type: "directory", size: 0 } },
      { name: "./d/", header: { type: "directory", size: 0 } },
      { name: "./d/f", body: "text", header: { mode: 0o755 } },
      { name: "./link", header: { type: "symlink", linkname: "/etc/passwd", size: 0 } },
      { name: "./hard", header: { type: "link", linkname: "/etc/passwd", size: 0 } },
      { name: "./fifo", header: { type: "fifo", size: 0 } },
      { name: "./device", header: { type: "block-device", size: 0 } },
      { name: "../../evil", body: "evil" },
    ]);
    const content = await unpackScratch(bytes);
    expect(content).toEqual({
      files: [{ ...file("d/f", "text"), executable: true }, file("../../evil", "evil")],
      folders: ["d"],
    });
    const scratch = new Scratch(1);
    if (content !== null) scratch.keep(content);
    expect(scratch.content.files.map(({ name }) => name)).toEqual(["d/f"]);
  });

  it.each([
    { name: "nothing", bytes: async () => new Uint8Array() },
    { name: "noise", bytes: async () => new Uint8Array(1024).fill(65) },
    {
      name: "a cut one",
      bytes: async () => (await tar([{ name: "a", body: "x".repeat(2000) }])).subarray(0, 1024),
    },
    { name: "a result in front", bytes: async () => Buffer.concat([Buffer.from("exit 0\n"), await tar([])]) },
  ])("that is none gives null: $name", async ({ bytes }) => {
    expect(await unpackScratch(await bytes())).toBeNull();
  });

  it("comes back as it was packed", async () => {
    const scratch = {
      files: [file("a/b.txt", "é"), { ...file(`a/${"long-name-".repeat(15)}`), executable: true }],
      folders: ["a"],
    };
    const start = await unpackScratch(await packStart({ steps: "#!/bin/sh\n" }, "echo hi", scratch));
    expect(start?.folders).toEqual(["scratch/a"]);
    expect(start?.files).toEqual([
      { ...file("opt/codetracer/bin/steps", "#!/bin/sh\n"), executable: true },
      file("opt/codetracer/command", "echo hi"),
      ...scratch.files.map((entry) => ({ ...entry, name: `scratch/${entry.name}` })),
    ]);
  });
});
