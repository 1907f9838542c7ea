/**
 * How a forbidden text is compared. All are searched for runs that a hint shares with them; `code` also for single lines of code, `patch` for its added
 * lines alone, `names` for each line as the name of a test.
 */
export type ForbiddenKind = "output" | "code" | "patch" | "names";

/** A text that a hint must give nothing away of. */
export interface ForbiddenText {
  /** For messages: where it was read. */
  path: string;
  kind: ForbiddenKind;
  /** True = the solution, or a part of it; false = what the verifier expects or said. */
  is_gold: boolean;
  text: string;
}
