import type { Form, RenderedForm } from "./form.ts";
import { hintText } from "./hint-text.ts";

/** Stands between a hint and the task, so that an agent takes neither for the other. */
const TASK_FOLLOWS = "The task itself:\n";

/** The hint as it is, in Markdown. */
export const markdown: Form = ({ text }) => ({
  text: hintText(text),
  files: [file("HINT.md", hintText(text))],
  how: "Give it to the agent with the task, in front of it.",
});

/** The whole of hint.json: every point with its quotes. */
export const json: Form = (hint) => {
  const text = `${JSON.stringify(hint, null, 2)}\n`;
  return {
    text,
    files: [file("hint.json", text)],
    how: "For programs: `text` is the hint, the rest says where each point comes from.",
  };
};

/** The hint as the beginning of a prompt: the task's text goes right behind it. */
export const promptPrefix: Form = (hint) => ({
  text: prefixOf(hint.text),
  files: [],
  how: "Put the task's text right behind it and give both to the agent as one prompt.",
});

/** A hint's text as the beginning of a prompt. */
export function prefixOf(text: string): string {
  return `${hintText(text)}\n${TASK_FOLLOWS}\n`;
}

/** A file that holds nothing else. */
export function file(name: string, text: string): RenderedForm["files"][number] {
  return { name, text, is_section: false };
}
