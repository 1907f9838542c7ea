import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prompt, promptDigest } from "../../src/util/prompt.ts";

const FOLDER = fileURLToPath(new URL("../../prompts", import.meta.url));
const names = fs
  .readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md") && path.basename(name) !== "README.md")
  .map((name) => name.slice(0, -".md".length));

describe("templates", () => {
  it("fill in variables, literally", () => {
    expect(prompt("agent/urge", { calls: "$& $1" })).toContain("$& $1 commands are left");
  });

  it("do not fill in what stands in a variable", () => {
    expect(prompt("agent/elided", { chars: "{{fence}}" })).toContain("{{fence}} characters");
  });

  it("include others", () => {
    const text = prompt("direct/system", { fence: "F" });
    expect(text).toContain("`fabricated_result`");
    expect(text).toContain('"candidates"');
    expect(text).not.toContain("{{");
  });

  it("refuse an unknown variable and an unknown name", () => {
    expect(() => prompt("agent/urge", {})).toThrow("prompts/agent/urge.md asks for {{calls}}");
    expect(() => prompt("agent/urge", Object.create({ calls: 1 }))).toThrow("asks for {{calls}}");
    expect(() => prompt("no/such")).toThrow("prompts/no/such.md is not there");
  });

  it("are whole: every include exists, every brace is a variable", () => {
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const text = fs.readFileSync(path.join(FOLDER, `${name}.md`), "utf8");
      const left = text.replace(/\{\{> [a-z-]+(?:\/[a-z-]+)*\}\}/g, "").replace(/\{\{[a-z_]+\}\}/g, "");
      expect(left, name).not.toMatch(/\{\{|\}\}/);
      expect(() => promptDigest([name]), name).not.toThrow();
    }
  });
});

describe("digest", () => {
  it("does not depend on order or repetition", () => {
    expect(promptDigest(["agent/urge", "agent/start"])).toBe(
      promptDigest(["agent/start", "agent/urge", "agent/urge"]),
    );
  });

  it("tells templates apart", () => {
    expect(promptDigest(["direct/system"])).not.toBe(promptDigest(["direct/run"]));
    expect(promptDigest(["direct/system"])).toMatch(/^[0-9a-f]{16}$/);
  });
});
