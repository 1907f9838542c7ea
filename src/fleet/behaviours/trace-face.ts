/** What the rules of behaviours use of the rules tracer's inside, name by name. */
export { stands } from "../../trace/evidence.ts";
export {
  actionText,
  baseName,
  changed,
  errorLine,
  isCheck,
  isInterrupt,
  isSubmission,
  isWait,
  names,
} from "../../trace/rules/action-reading.ts";
export { authoredText, commandPart, isCodeFile } from "../../trace/rules/authored.ts";
export type { DetectedFinding } from "../../trace/rules/detector.ts";
export { type Inspection, inspect } from "../../trace/rules/findings.ts";
export { findLine, firstLine, lastLine, sentences } from "../../trace/step-text.ts";
