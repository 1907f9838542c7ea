import type { Form } from "./form.ts";
import { section } from "./section.ts";

/**
 * Codex: a section of AGENTS.md, which is read once at the start of a run. An AGENTS.override.md in the same folder is read in its place, and all such files
 * together count up to 32 KiB.
 * https://developers.openai.com/codex/guides/agents-md
 */
export const codex: Form = ({ text }) => ({
  text: section(text),
  files: [{ name: "AGENTS.md", text: section(text), is_section: true }],
  how: "Write the section into the AGENTS.md of the working directory (into AGENTS.override.md where there is one: Codex reads only that).",
});
