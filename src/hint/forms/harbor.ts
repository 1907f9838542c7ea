import type { Form } from "./form.ts";
import { file, prefixOf } from "./plain.ts";

/**
 * Harbor, with Terminus 2 or any other agent: the beginning of the task's instruction, which reaches every agent the same way. Terminal-Bench 1 keeps it in
 * task.yaml under `instruction`.
 * https://www.harborframework.com/docs/tasks (instruction.md)
 */
export const harbor: Form = ({ text }) => ({
  text: prefixOf(text),
  files: [file("hint-prefix.md", prefixOf(text))],
  how: "In a copy of the task's folder, put hint-prefix.md in front of instruction.md (Terminal-Bench 1: in front of instruction in task.yaml, indented as it is) and run that copy: harbor run -p <copy>.",
});
