import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAX_LINES = 500;

const sources = ["src", "extractors", "bench", "test", "scripts"].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.(?:tsx?|mjs)$/.test(name) && !name.includes("fixtures")),
);
const textOf = (name: string): string => fs.readFileSync(path.join(ROOT, name), "utf8");

describe("the house", () => {
  it("has no file over 500 lines", () => {
    const long = sources.filter((name) => textOf(name).split("\n").length > MAX_LINES);
    expect(long).toEqual([]);
  });

  it("has files of about a hundred lines", () => {
    const lengths = sources.map((name) => textOf(name).split("\n").length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
  });

  it("keeps its top level", () => {
    for (const name of ["package.json", "src", "prompts", "extractors", "bench", "test", "README.md"]) {
      expect(fs.existsSync(path.join(ROOT, name)), name).toBe(true);
    }
  });

  it("never names a format in shared code", () => {
    const ids = fs.readdirSync(path.join(ROOT, "extractors")).filter((name) => /^[a-z]/.test(name));
    const branches = sources
      .filter((name) => name.startsWith("src/") && !name.endsWith(".generated.ts"))
      .filter((name) => ids.some((id) => textOf(name).includes(`"${id}"`)));
    // The forms of a hint are named after the agents that take them, exports after what they write; some share their name with a format.
    const named = branches.filter(
      (name) => name !== "src/hint/forms/index.ts" && !name.startsWith("src/export/"),
    );
    expect(named).toEqual([]);
  });

  it("touches the process in the command line's entry only", () => {
    // What an archive was unpacked to must go when the process does, however it ends.
    const allowed = new Set(["src/cli/main.ts", "src/util/temporary-folder.ts"]);
    const touching = sources.filter(
      (name) => name.startsWith("src/") && /(?<![\w-])process\.(?!hrtime|ts\b)\w/.test(textOf(name)),
    );
    expect(touching.filter((name) => !allowed.has(name))).toEqual([]);
  });

  it("exports fewer than 30 values from its public face", () => {
    const names = [...textOf("src/index.ts").matchAll(/export (?!type)\{([^}]*)\}/g)].flatMap(
      ([, list = ""]) => list.split(","),
    );
    const values = names
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "));
    expect(values.length).toBeGreaterThan(5);
    expect(values.length).toBeLessThan(30);
  });
});
