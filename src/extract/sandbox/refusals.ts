/** Why a read can be refused, in words that are ours: the guest may let them through as its own failure. */
export const REFUSALS = {
  missing: "no such file in the run; take names from run.list()",
  large: "larger than one text may be; take run.lines or run.jsonl",
  long: "a line is longer than one text may be",
  broken: "not valid JSON; take run.text, run.tryJson or run.jsonl",
  streams: "too many files are read at a time; read one to its end first",
  glob: "not a glob that can be matched",
  failed: "cannot be read",
} as const;
