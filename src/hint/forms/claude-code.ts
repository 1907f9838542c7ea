import { shellWord } from "../../report/words.ts";
import type { Form } from "./form.ts";
import { hintText } from "./hint-text.ts";
import { section } from "./section.ts";

/**
 * Claude Code: a command line that adds the hint to the system prompt, or a section of CLAUDE.md, which is read at the start of each session.
 * https://code.claude.com/docs/en/cli-reference (--append-system-prompt), https://code.claude.com/docs/en/memory (CLAUDE.md)
 */
export const claudeCode: Form = ({ text }) => ({
  text: `claude --append-system-prompt ${shellWord(hintText(text).trimEnd())}\n`,
  files: [{ name: "CLAUDE.md", text: section(text), is_section: true }],
  how: "Start the next attempt with this command line and your own arguments behind it, or write the section into the CLAUDE.md of the working directory. One of the two, not both.",
});
