import type { Form } from "./form.ts";
import { hintText } from "./hint-text.ts";
import { file } from "./plain.ts";

/**
 * Aider: a file that is read and not edited; it can also stand in front of the message.
 * https://aider.chat/docs/usage/conventions.html (--read), https://aider.chat/docs/scripting.html (--message)
 */
export const aider: Form = ({ text }) => ({
  text: hintText(text),
  files: [file("HINT.md", hintText(text))],
  how: "Save it as HINT.md and start Aider with --read HINT.md; with --message, put the text of the form prompt-prefix in front of the message instead.",
});
