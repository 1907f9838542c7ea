import { describe, expect, it } from "vitest";
import { contentsFor, renderForm } from "../../../src/hint/forms/index.ts";
import { section } from "../../../src/hint/forms/section.ts";
import { reportHint } from "../check/traced.ts";

const hint = { ...reportHint(), text: "Run make.\n" };

describe("contentsFor", () => {
  it("keeps what else stands in a file of instructions", () => {
    const rules = "# Rules\n\nBe kind.\n";
    const merged = `${rules}\n${section("Run make.")}`;
    expect(contentsFor(renderForm(hint, "claude-code"), "/repo/CLAUDE.md", rules)).toBe(merged);
    expect(contentsFor(renderForm(hint, "codex"), "AGENTS.override.md", rules)).toBe(merged);
    expect(contentsFor(renderForm(hint, "codex"), "AGENTS.md", merged)).toBe(merged);
    expect(contentsFor(renderForm(hint, "codex"), "AGENTS.md", null)).toBe(section("Run make."));
  });

  it("takes the form's file of that name, else its text, and replaces what was there", () => {
    const prefix = "Run make.\n\nThe task itself:\n\n";
    const form = renderForm(hint, "mini-swe-agent");
    expect(contentsFor(form, "out/hint-prefix.jinja", "old")).toBe(`{% raw %}${prefix}{% endraw %}`);
    expect(contentsFor(form, "out/other.txt", "old")).toBe(prefix);
    expect(contentsFor(renderForm(hint, "claude-code"), "run.sh", "old")).toBe(
      "claude --append-system-prompt 'Run make.'\n",
    );
  });
});
