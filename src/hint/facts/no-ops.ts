import type { Evidence } from "../../trajectory/label.ts";
import { code, done } from "../quoting.ts";
import type { Miner } from "./fact.ts";

const WORTH = 0.95;
const TIMES_LEAST = 3;
const EXAMPLES = 2;
const EXAMPLE_CHARS = 60;
const DOES_NOTHING = /^\s*:(?:\s|$)/;

/** Commands that the shell takes for its own `:`, which does nothing, whatever follows. */
export const noOps: Miner = ({ steps }) => {
  const rows = steps.filter((step) => DOES_NOTHING.test(step.action) && step.touches.programs.join() === ":");
  const quotes = new Map<string, Evidence>();
  for (const step of rows) {
    const quote = done(step);
    if (quote && !quotes.has(quote.quote)) quotes.set(quote.quote, quote);
  }
  if (rows.length < TIMES_LEAST || quotes.size === 0) return [];
  const shown = [...quotes.values()].sort((a, b) => b.quote.length - a.quote.length).slice(0, EXAMPLES);
  const examples = shown.map((one) => code(one.quote, EXAMPLE_CHARS)).join(", ");
  return [
    {
      text: `A command that begins with a colon does nothing and prints nothing: ${rows.length} commands of the earlier attempt were lost that way, such as ${examples}. Send the command itself.`,
      evidence: shown,
      worth: WORTH,
    },
  ];
};
