/** What is learned across runs of one agent framework. */
export { frameworkOf } from "./framework.ts";
export {
  type RememberedDiagnosis,
  readMemory,
  readNotes,
  rememberDiagnosis,
} from "./memory.ts";
export { memoryFolder } from "./memory-folder.ts";
export { NOTE_LIMITS } from "./note.ts";
export { notesForPrompt } from "./notes-for-prompt.ts";
