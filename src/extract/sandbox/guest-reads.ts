import picomatch from "picomatch";
import type { JSValueHandle, QuickJS } from "quickjs-wasi";
import type { Read } from "./guest.ts";
import { READ_OPERATIONS, type ReadAnswer } from "./protocol.ts";
import { REFUSALS } from "./refusals.ts";

const MAX_GLOB_CHARS = 200;

/**
 * The one function by which the guest reaches the run. It answers with a text, with null, or with a number where
 * it refuses; `why` then says why. It never throws: an error of ours would take its stack, and so paths of this
 * machine, into the guest.
 */
export function hostFunction(
  vm: QuickJS,
  names: readonly string[],
  read: Read,
): (...args: JSValueHandle[]) => JSValueHandle {
  let why: string = REFUSALS.failed;
  return (...args) => {
    try {
      const [asked, named, numbered] = args;
      if (!asked?.isString || !named?.isString || !numbered?.isNumber) return vm.undefined;
      const operation = asked.toString();
      if (operation === "why") return vm.newString(why);
      const answer = answerTo(operation, named.toString(), numbered.toNumber(), names, read);
      if ("refused" in answer) {
        why = answer.refused;
        return vm.newNumber(0);
      }
      return answer.text === null ? vm.null : vm.newString(answer.text);
    } catch {
      why = REFUSALS.failed;
      return vm.newNumber(0);
    }
  };
}

function answerTo(
  asked: string,
  name: string,
  number: number,
  names: readonly string[],
  read: Read,
): ReadAnswer {
  if (asked === "list") return { text: JSON.stringify(names) };
  if (asked === "glob") return matching(names, name);
  const operation = READ_OPERATIONS.find((known) => known === asked);
  if (operation === undefined) return { refused: REFUSALS.failed };
  return read({ operation, name, number: number < 0 ? null : number });
}

/** Here and not on the thread that waits: a glob of the guest's can take forever, and this thread can be ended. */
function matching(names: readonly string[], glob: string): ReadAnswer {
  if (glob === "" || glob.length > MAX_GLOB_CHARS) return { refused: REFUSALS.glob };
  const isMatch = picomatch(glob, { dot: true });
  return { text: JSON.stringify(names.filter((name) => isMatch(name))) };
}
