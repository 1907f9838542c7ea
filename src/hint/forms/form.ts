import type { HintFile } from "../../trajectory/hint.ts";

/** A file that a form consists of. */
export interface FormFile {
  /** Path from the folder that the agent works in, with forward slashes. */
  name: string;
  text: string;
  /** True = a marked section for a file that may hold other things: merge it. False = the whole file. */
  is_section: boolean;
}

/** A hint as one kind of agent takes it. */
export interface RenderedForm {
  /** What to print: ready to be pasted or piped. Ends with a line break. */
  text: string;
  /** What to write where files are wanted; empty where there is only the text. */
  files: readonly FormFile[];
  /** A sentence or two for the user: what to do with it. */
  how: string;
}

/** Makes a form of a hint. Pure. */
export type Form = (hint: HintFile) => RenderedForm;
