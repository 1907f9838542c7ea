import type { ForbiddenKind } from "./forbidden.ts";

/** Files of a raw run directory that an agent is not to know the contents of. */
export interface ForbiddenSource {
  glob: string;
  kind: ForbiddenKind;
  is_gold: boolean;
}

const verifier = (glob: string, kind: ForbiddenKind): ForbiddenSource => ({ glob, kind, is_gold: false });
const gold = (glob: string, kind: ForbiddenKind): ForbiddenSource => ({ glob, kind, is_gold: true });

/** By what harnesses call them. The first that a path matches says how it is compared. */
export const FORBIDDEN_SOURCES: readonly ForbiddenSource[] = [
  gold("**/{solution,oracle}/**", "code"),
  gold("**/{solution,solve}.{sh,py,yaml,yml,md}", "code"),
  gold("**/{gold,golden,gold_patch,golden_patch,gold-patch,model_patch_gold}.{patch,diff,txt}", "patch"),
  verifier("**/{test_patch,test-patch,tests}.{patch,diff}", "patch"),
  verifier("**/{test,tests,run-tests,run_tests,eval}.sh", "code"),
  verifier("**/test_outputs.py", "code"),
  verifier("**/verifier/**", "output"),
  verifier("**/{test-stdout,test-stderr,test_stdout,test-output,test_output,post-test}.{txt,log}", "output"),
  verifier("**/{reward,score}.{txt,json}", "output"),
  verifier("**/{ctrf,report,results}.json", "output"),
  verifier("**/{,*.,*_}{swebench_eval,eval,eval_report}.{log,md,json}", "output"),
  verifier("**/sessions/tests.{log,cast}", "output"),
  verifier("**/tests/**", "code"),
];

/** Keys of a benchmark's record that hold what an agent is not to know, wherever in a JSON file they stand. */
export const FORBIDDEN_KEYS: Readonly<Record<string, { kind: ForbiddenKind; is_gold: boolean }>> = {
  gold_patch: { kind: "patch", is_gold: true },
  golden_patch: { kind: "patch", is_gold: true },
  test_patch: { kind: "patch", is_gold: false },
  FAIL_TO_PASS: { kind: "names", is_gold: false },
  PASS_TO_PASS: { kind: "names", is_gold: false },
};

/** Beside one of the keys above, a plain `patch` is the solution; elsewhere it is mostly the agent's own. */
export const PATCH_KEY = "patch";
