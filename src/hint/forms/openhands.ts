import type { Form } from "./form.ts";
import { hintText } from "./hint-text.ts";
import { file } from "./plain.ts";
import { section } from "./section.ts";

/** OpenHands from 1.0: a section of the AGENTS.md at the repository's root, which is always in the context. https://docs.openhands.dev/overview/skills */
export const openhands: Form = ({ text }) => ({
  text: section(text),
  files: [{ name: "AGENTS.md", text: section(text), is_section: true }],
  how: "Write the section into the AGENTS.md at the root of the repository that OpenHands works in. For versions before 1.0 take the form openhands-0.",
});

/**
 * OpenHands before 1.0: a general microagent, loaded whole into every conversation about the repository. Without triggers it needs no front matter;
 * early versions want name and type.
 * https://docs.openhands.dev/openhands/usage/microagents/microagents-overview
 */
export const openhands0: Form = ({ text }) => {
  const microagent = `---\nname: codetracer-hint\ntype: repo\nagent: CodeActAgent\n---\n\n${hintText(text)}`;
  return {
    text: microagent,
    files: [file(".openhands/microagents/codetracer-hint.md", microagent)],
    how: "Write it to .openhands/microagents/codetracer-hint.md in the repository that OpenHands works in, and remove it after the attempt.",
  };
};
