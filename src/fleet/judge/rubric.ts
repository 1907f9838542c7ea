/** What a behaviour is, in words: the sections of one Markdown file. */
export interface Rubric {
  /** Lower-case words with hyphens: the name of its file. */
  id: string;
  title: string;
  criterion: string;
  counter_criterion: string;
  /** When it cannot be told. */
  insufficient_evidence: string;
  examples: string;
}

/** The headings of a rubric's file below its title. */
export const RUBRIC_SECTIONS = [
  "Criterion",
  "Counter-criterion",
  "Insufficient evidence",
  "Examples",
] as const;
