/** What can be wrong with a hint. */
export type HintProblemKind =
  /** A quote does not stand in the field of the step that it names. */
  | "not_verbatim"
  /** A fact is quoted from the onset or from behind it. */
  | "after_onset"
  /** The hint names another onset than the diagnosis. */
  | "other_onset"
  /** The text is not what the points come to. */
  | "other_text"
  /** The text is longer than its budget. */
  | "over_budget"
  /** It holds what only the verifier or the gold solution says. */
  | "forbidden_text";

/** One reason why a hint must not be given to an agent. */
export interface HintProblem {
  kind: HintProblemKind;
  /** Where in hint.json: `facts[2].evidence[0].quote`, or `text:4` for a line of the text. */
  place: string;
  /** A sentence without any text of the run or of a forbidden file. */
  message: string;
  /** Where a forbidden text stands; absent for other problems. */
  source?: { path: string; line: number };
}
