import type { HintFile } from "../trajectory/hint.ts";
import type { Outcome } from "../trajectory/outcome.ts";
import { codeList } from "./quoting.ts";

const TESTS_MOST = 8;

/** What the verifier's failing tests say about what to do; null where none are listed. Only for hints that may hold the verifier's output. */
export function verifierAdvice({ tests = [] }: Outcome): HintFile["instead"] {
  const failing = tests.filter((test) => !test.passed).map((test) => test.name);
  if (failing.length === 0) return null;
  return {
    action: `Work towards the tests of the verifier that failed: ${codeList(failing, TESTS_MOST)}.`,
    check: `${failing.length} of ${tests.length} tests of the verifier failed; all have to pass.`,
  };
}
