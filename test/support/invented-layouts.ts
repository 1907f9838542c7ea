/** Layouts that no built-in extractor reads, as files of one run. `seed` makes runs differ. */
export type Layout = "pipe-log" | "xml-events" | "turn-folders";

/** What the agents of these runs did: one command and its output a turn. */
export interface Turn {
  thinking: string;
  command: string;
  output: string;
}

const FILES = ["parser", "lexer", "printer", "loader", "router", "cache"];

/** Turns with text enough to sample. */
export function inventedTurns(seed: number, count = 12): Turn[] {
  return Array.from({ length: count }, (_, index) => {
    const file = FILES[(index + seed) % FILES.length] ?? "parser";
    return {
      thinking: `Turn ${index + 1} of run ${seed}: I want to know why the ${file} module drops its last token number ${index * 7 + seed}`,
      command: `grep -n "token_${index}_${seed}" src/${file}.py && sed -n '${index + 1},${index + 9}p' src/${file}.py`,
      output: `src/${file}.py:${index + 3}: def token_${index}_${seed}(self, stream): returns the <next> token & moves on\n    the ${file} keeps ${index + seed} of its tokens in a list that is never emptied`,
    };
  });
}

const LAYOUTS: Readonly<Record<Layout, (turns: readonly Turn[]) => Record<string, string>>> = {
  "pipe-log": (turns) => ({
    "session.pipelog": [
      "#pipelog 3",
      ...turns.flatMap(({ thinking, command, output }, index) => [
        `${index + 1}|say|${thinking}`,
        `${index + 1}|run|${command}`,
        ...output.split("\n").map((line) => `${index + 1}|out|${line}`),
      ]),
      "",
    ].join("\n"),
  }),
  "xml-events": (turns) => ({
    "trace/events.xml": [
      '<events agent="tinker">',
      ...turns.flatMap(({ thinking, command, output }, index) => [
        `<thought>${xml(thinking)}</thought>`,
        `<call id="c${index + 1}">${xml(command)}</call>`,
        `<answer id="c${index + 1}">${xml(output)}</answer>`,
      ]),
      "</events>",
      "",
    ].join("\n"),
  }),
  "turn-folders": (turns) =>
    Object.fromEntries(
      turns.flatMap(({ thinking, command, output }, index) => [
        [
          `turn-${index + 1}/call.json`,
          `${JSON.stringify({ plan: thinking, shell: { line: command } }, null, 2)}\n`,
        ],
        [`turn-${index + 1}/result.json`, `${JSON.stringify({ shell: { printed: output } }, null, 2)}\n`],
      ]),
    ),
};

/** A run of a layout. */
export function inventedRun(layout: Layout, seed: number, count?: number): Record<string, string> {
  return LAYOUTS[layout](inventedTurns(seed, count));
}

function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
