import type { Attempt } from "../../../src/replay/experiment/ledger.ts";

type Letter = "p" | "f" | "x" | "-";

/** Attempts from a letter a pair, with the hint and without it: `p` passed, `f` failed, `x` excluded, `-` not made. */
export function madeAttempts(withHint: string, withoutHint: string): Attempt[] {
  const arm = (letters: string, name: Attempt["arm"]): Attempt[] =>
    ([...letters] as Letter[]).flatMap((letter, index) =>
      letter === "-" ? [] : [made(letter, name, index + 1)],
    );
  return [...arm(withHint, "with_hint"), ...arm(withoutHint, "without_hint")];
}

function made(letter: Exclude<Letter, "-">, arm: Attempt["arm"], pair: number): Attempt {
  const end = { exit_code: 0, stopped: null, seconds: pair };
  return {
    order: 2 * pair - (arm === "with_hint" ? 1 : 0),
    arm,
    pair,
    verdict: letter === "p" ? "passed" : letter === "f" ? "failed" : "excluded",
    exclusion: letter === "x" ? { reason: "setup_failed", detail: "ended with exit code 1" } : null,
    agent: letter === "x" ? null : end,
    check: letter === "x" ? null : { ...end, exit_code: letter === "p" ? 0 : 1 },
    run: null,
  };
}
