import type { HintFile } from "../../trajectory/hint.ts";
import { aider } from "./aider.ts";
import { claudeCode } from "./claude-code.ts";
import { codex } from "./codex.ts";
import type { Form, RenderedForm } from "./form.ts";
import { harbor } from "./harbor.ts";
import { openhands, openhands0 } from "./openhands.ts";
import { json, markdown, promptPrefix } from "./plain.ts";
import { miniSweAgent, sweAgent } from "./swe-agents.ts";

export { contentsFor } from "./contents.ts";
export type { RenderedForm } from "./form.ts";

const FORMS = {
  markdown,
  json,
  "prompt-prefix": promptPrefix,
  "mini-swe-agent": miniSweAgent,
  "swe-agent": sweAgent,
  openhands,
  "openhands-0": openhands0,
  harbor,
  "claude-code": claudeCode,
  codex,
  aider,
} as const satisfies Readonly<Record<string, Form>>;

/** Name of a form: general ones, then those named after the agent that takes them. */
export type HintForm = keyof typeof FORMS;

/** All forms, the default first. */
export const HINT_FORMS = Object.keys(FORMS) as HintForm[];

/** A hint in a form. Pure; the text of the hint can neither leave its quotes, its section nor its template. */
export function renderForm(hint: HintFile, form: HintForm): RenderedForm {
  return FORMS[form](hint);
}
