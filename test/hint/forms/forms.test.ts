import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HINT_FORMS, renderForm } from "../../../src/hint/forms/index.ts";
import { jinjaLiteral } from "../../../src/hint/forms/jinja.ts";
import { reportHint } from "../check/traced.ts";

const hint = { ...reportHint(), text: "# Hint\n\nIt's `make report`; not {% echo %}.\n" };
const PREFIX = "# Hint\n\nIt's `make report`; not {% echo %}.\n\nThe task itself:\n\n";
const JINJA =
  '{% raw %}# Hint\n\nIt\'s `make report`; not {% endraw %}{{ "{%" }}{% raw %} echo %}.\n\nThe task itself:\n\n{% endraw %}';
const SECTION =
  "<!-- codetracer hint: begin -->\n# Hint\n\nIt's `make report`; not {% echo %}.\n<!-- codetracer hint: end -->\n";

describe("forms", () => {
  it("are these, the default first", () => {
    expect(HINT_FORMS).toEqual([
      "markdown",
      "json",
      "prompt-prefix",
      "mini-swe-agent",
      "swe-agent",
      "openhands",
      "openhands-0",
      "harbor",
      "claude-code",
      "codex",
      "aider",
    ]);
  });

  it("have these texts and files", () => {
    const shown = Object.fromEntries(
      HINT_FORMS.map((form) => {
        const { text, files } = renderForm(hint, form);
        return [form, { text, files: files.map((one) => [one.name, one.text, one.is_section]) }];
      }),
    );
    const json = `${JSON.stringify(hint, null, 2)}\n`;
    const microagent = `---\nname: codetracer-hint\ntype: repo\nagent: CodeActAgent\n---\n\n${hint.text}`;
    const prefixFiles = [
      ["hint-prefix.md", PREFIX, false],
      ["hint-prefix.jinja", JINJA, false],
    ];
    expect(shown).toEqual({
      markdown: { text: hint.text, files: [["HINT.md", hint.text, false]] },
      json: { text: json, files: [["hint.json", json, false]] },
      "prompt-prefix": { text: PREFIX, files: [] },
      "mini-swe-agent": { text: PREFIX, files: prefixFiles },
      "swe-agent": { text: PREFIX, files: prefixFiles },
      openhands: { text: SECTION, files: [["AGENTS.md", SECTION, true]] },
      "openhands-0": {
        text: microagent,
        files: [[".openhands/microagents/codetracer-hint.md", microagent, false]],
      },
      harbor: { text: PREFIX, files: [["hint-prefix.md", PREFIX, false]] },
      "claude-code": {
        text: "claude --append-system-prompt '# Hint\n\nIt'\\''s `make report`; not {% echo %}.'\n",
        files: [["CLAUDE.md", SECTION, true]],
      },
      codex: { text: SECTION, files: [["AGENTS.md", SECTION, true]] },
      aider: { text: hint.text, files: [["HINT.md", hint.text, false]] },
    });
  });

  it("say what to do with them, and name every file that they have", () => {
    for (const form of HINT_FORMS) {
      const { how, files } = renderForm(hint, form);
      expect(how).toMatch(/^[A-Z][^\n]{20,}[.>]$/);
      for (const { name } of files) if (form !== "markdown" && form !== "json") expect(how).toContain(name);
    }
  });

  it("show no control or invisible characters", () => {
    const hostile = { ...hint, text: "a\u001b[2Jb\u0000\u202ec\n" };
    for (const form of HINT_FORMS.filter((one) => one !== "json")) {
      expect(renderForm(hostile, form).text).toContain("abc");
    }
  });

  it("give a shell the hint as one argument, whatever stands in it", () => {
    const hostile = fc
      .array(
        fc.constantFrom("'", '"', "\\", "`", "$(id)", "${HOME}", "!", "\n", " ", "-", "*", ";", "é", "\0"),
        {
          maxLength: 20,
        },
      )
      .map((parts) => `x${parts.join("")}x`);
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary", minLength: 1 })), (text) => {
        const line = renderForm({ ...hint, text }, "claude-code").text;
        const script = `claude() { printf '%s\\0' "$@"; }\n${line}`;
        const said = execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0");
        expect(said).toEqual([
          "--append-system-prompt",
          renderForm({ ...hint, text }, "markdown").text.trimEnd(),
          "",
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("jinjaLiteral", () => {
  it("leaves no tag of the text to the template", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("{%", "%}", "{", "%", " endraw ", "-", "x")), (parts) => {
        const text = parts.join("");
        const literal = jinjaLiteral(text);
        const tags = literal.match(/\{%[-+]?\s*(?:end)?raw[-+]?\s*%\}/g) ?? [];
        expect(new Set(tags).size).toBe(2);
        expect(rendered(literal)).toBe(text);
      }),
    );
  });
});

/** What Jinja makes of a template of raw blocks and of expressions that are one string. */
function rendered(template: string): string {
  return template.replace(/\{% raw %\}([\s\S]*?)\{% endraw %\}|\{\{ "(.*?)" \}\}/g, "$1$2");
}
