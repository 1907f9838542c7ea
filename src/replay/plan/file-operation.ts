/** One change within a text, applied to what the changes before it left. All matches are exact. */
export type TextEdit =
  /** `old` must stand there exactly once. */
  | { kind: "once"; old: string; new: string }
  | { kind: "all"; old: string; new: string }
  /** Goes on behind the next place where `text` stands. */
  | { kind: "seek"; text: string }
  /** Whole lines, the next ones that match from where the last edit ended. */
  | { kind: "lines"; old: string; new: string }
  /** Lines put in behind the line that the last edit ended in; at the end of the file where there was none. */
  | { kind: "add"; text: string }
  /** Lines put in behind line `after_line`; 0 = at the top. */
  | { kind: "insert"; after_line: number; text: string };

/** What a file tool did to one file. Paths are as recorded. */
export type FileOperation =
  | { operation: "write"; path: string; content: string }
  /** To the end of the file, which is made where it is not there. */
  | { operation: "append"; path: string; content: string }
  | { operation: "edit"; path: string; edits: readonly TextEdit[] }
  | { operation: "delete"; path: string }
  | { operation: "move"; path: string; to: string };
