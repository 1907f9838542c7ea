import { isTyped, judgeStep, ownDirectory } from "../../index-run/judge-step.ts";
import { Sessions } from "../../index-run/session.ts";
import { type Reader, readPrompt } from "../../index-run/terminal.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { toolSpec } from "../../trajectory/tools.ts";

/** What a step's action meets: which directory, and what reads its keys. */
export interface Situation {
  /** "" = not known. */
  directory: string;
  /** Keys typed into a terminal that lives on, rather than a command handed over whole. */
  typed: boolean;
  keeps_session: boolean;
  reader_before: Reader["mode"];
  reader_after: Reader["mode"];
  /** The last screen ends in what looks like a question of a program. */
  is_asked: boolean;
  /** The last screen shows no prompt: something else than the shell may read the keys. */
  is_unsure: boolean;
}

const QUESTION = /(?:\?|\[[^\]\n]{1,12}\]|\([^)\n]{1,12}\)|[Pp]assword[^\n]{0,60}:|[Nn]ame:)$/;

/** The situation that each step of a run met, in step order. */
export function situationsOf(steps: readonly IndexedStep[]): Situation[] {
  const sessions = new Sessions();
  const screens = new Map<string, string>();
  return steps.map((step) => {
    const session = sessions.of(step.agent);
    const spec = step.tool === undefined ? undefined : toolSpec(step.tool, step.arguments);
    const typed = spec?.keeps === "terminal" || isTyped(step);
    const keeps = typed || spec?.keeps === "directory";
    const directory = ownDirectory(step) ?? (keeps ? session.directory : "");
    const readerBefore = session.reader.mode;
    const screen = screens.get(step.agent) ?? null;
    judgeStep(step, sessions);
    // Where the screen was not recorded, an older one tells nothing of who reads the next keys.
    if (typed && step.observation === null) screens.delete(step.agent);
    if (typed && step.observation !== null) screens.set(step.agent, step.observation);
    return {
      directory,
      typed,
      keeps_session: keeps,
      reader_before: readerBefore,
      reader_after: session.reader.mode,
      is_asked: typed && screen !== null && asks(screen),
      is_unsure: typed && screen !== null && readPrompt(screen) === null && !isCommandOutput(screen),
    };
  });
}

function asks(screen: string): boolean {
  if (readPrompt(screen) !== null) return false;
  const last = screen.slice(-400).trimEnd().split("\n").at(-1)?.trim() ?? "";
  return QUESTION.test(last);
}

/** Only the action's own echo, or nothing: the screen was read before the prompt came back. */
function isCommandOutput(screen: string): boolean {
  const last = screen.slice(-400).trimEnd().split("\n").at(-1) ?? "";
  return last === "" || /[$#] \S/.test(last);
}
