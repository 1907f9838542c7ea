/** What differs between two runs of the same command without meaning anything, one kind a rule. Rules keep lines apart. */
interface Rule {
  name: string;
  pattern: RegExp;
  by: string;
}

const MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

const RULES: readonly Rule[] = [
  {
    name: "shell's own prefix",
    pattern: /^(?:[/\w.-]*\/)?(?:ba|da)?sh: (?:(?:-c|eval): )?(?:line \d+: |\d+: )?/gm,
    by: "sh: ",
  },
  { name: "kind of quotes", pattern: /[‘’“”`´"]/g, by: "'" },
  {
    name: "times",
    pattern: new RegExp(
      [
        String.raw`\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`,
        String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?${MONTHS} +\d{1,2}(?: +\d{2}:\d{2}(?::\d{2})?)?(?: +(?:AM|PM))?(?: +[A-Z]{3,4})?(?: +\d{4})?\b`,
        String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?\d{1,2} ${MONTHS} \d{4}(?: \d{2}:\d{2}(?::\d{2})?)?\b`,
        String.raw`\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\b`,
        String.raw`\b1[5-9]\d{8}(?:\.\d+)?\b`,
      ].join("|"),
      "g",
    ),
    by: "<time>",
  },
  {
    name: "durations and rates",
    pattern:
      /\b\d+m\d+(?:\.\d+)?s\b|\b\d+(?:\.\d+)? ?(?:[µmun]?s|secs?|seconds?|minutes?|milliseconds?|[kMG]i?B\/s)\b/g,
    by: "<duration>",
  },
  {
    name: "process numbers",
    pattern: /^\[\d+\] \d+$|\b(pid|PID|process|Process)([ =:#]{1,3})\d+\b/gm,
    by: "<process>",
  },
  { name: "addresses", pattern: /\b0x[0-9a-fA-F]{4,16}\b/g, by: "<address>" },
  {
    name: "temporary paths",
    pattern:
      /\/(?:private\/)?(?:tmp|var\/tmp|var\/folders\/\w\w\/\w+\/T)\/[\w.-]*(?:tmp|temp|pytest-|pip-|npm-|XX|[A-Za-z0-9_]{8,})[\w./-]*/g,
    by: "<temporary path>",
  },
  {
    name: "commit ids and digests",
    pattern: /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/g,
    by: "<id>",
  },
];

/** Two texts after the rules, and the rules that changed one of them. */
export interface Normalised {
  first: string;
  second: string;
  rules: string[];
}

/** Takes out of both texts what differs between two runs without meaning anything. */
export function normalise(first: string, second: string): Normalised {
  const normalised: Normalised = { first, second, rules: [] };
  for (const { name, pattern, by } of RULES) {
    const one = normalised.first.replace(pattern, by);
    const two = normalised.second.replace(pattern, by);
    if (one === normalised.first && two === normalised.second) continue;
    normalised.first = one;
    normalised.second = two;
    normalised.rules.push(name);
  }
  return normalised;
}
