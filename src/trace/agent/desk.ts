import type { CommandResult } from "../../agent/index.ts";
import type { Shell } from "../../agent/shell.ts";
import { shownResult } from "../../agent/shown-result.ts";
import { prompt } from "../../util/prompt.ts";
import { fenced } from "../fence.ts";
import { acceptReport, checkReport } from "../investigation/check-report.ts";
import type { Investigation } from "../investigation/investigation.ts";
import { readReport } from "../investigation/read-report.ts";
import type { Report } from "../investigation/report.ts";
import type { ReportContext } from "../investigation/report-context.ts";
import { secondLook } from "../investigation/second-look.ts";
import type { Opened } from "./opened.ts";
import { SUBMITTED } from "./tools.ts";

/** After so many refusals what is proven of a report is taken: a model that cannot mend it now will not. */
const REFUSALS_MAX = 3;
/** What a session leaves in the scratch area while it is at work. */
const REPORT = "report.json";

/** What a desk works with. */
export interface DeskTools {
  shell: Shell;
  opened: Opened;
  nonce: string;
  run: Omit<ReportContext, "opened">;
  signal: AbortSignal;
}

/**
 * The host's side of a session: runs commands, notes which steps they opened, and takes what is handed in or says why not. A report is taken after a
 * second look at its candidates.
 */
export class Desk {
  readonly #tools: DeskTools;
  #refusals = 0;
  /** The newest report that could be read. */
  #report: Report | null = null;
  #isSecondLook = false;
  #taken: Investigation | null = null;

  constructor(tools: DeskTools) {
    this.#tools = tools;
  }

  /** Runs one command of the model. Throws CodeTracerError where the sandbox fails. */
  async execute(command: string): Promise<CommandResult> {
    const { shell, opened, signal, nonce } = this.#tools;
    const result = await shell.run(command, signal);
    const opened_step_ids = opened.see(result.output);
    const handedIn = result.stopped === null ? shell.take(SUBMITTED) : null;
    const answer = handedIn === null ? null : this.#judge(handedIn);
    return {
      text: [shownResult(result, nonce), ...(answer === null ? [] : [answer])].join("\n\n"),
      exit_code: result.exit_code,
      stopped: result.stopped,
      done: this.#taken !== null,
      facts: { opened_step_ids },
    };
  }

  /**
   * What the session came to: the report that was taken, else what is proven of the newest one that lies there. null = there is none.
   */
  outcome(): Investigation | null {
    if (this.#taken) return this.#taken;
    const lying = this.#tools.shell.take(REPORT);
    const read = lying === null ? null : readReport(lying);
    const report = read !== null && !("problems" in read) ? read : this.#report;
    return report === null ? null : acceptReport(report, this.#context());
  }

  /** The answer to a report that was handed in; sets `#taken` where it is taken. */
  #judge(text: string): string | null {
    const read = readReport(text);
    if ("problems" in read) return this.#refuse(read.problems);
    this.#report = read;
    const { investigation, problems } = checkReport(read, this.#context());
    if (problems.length > 0 && this.#refusals < REFUSALS_MAX) return this.#refuse(problems);
    if (problems.length === 0 && !this.#isSecondLook && investigation.findings.length > 0) {
      this.#isSecondLook = true;
      const facts = secondLook(read, this.#tools.run);
      return prompt("agent/second-look", { candidates: fenced(facts, this.#tools.nonce) });
    }
    this.#taken = problems.length === 0 ? investigation : acceptReport(read, this.#context());
    return null;
  }

  #refuse(problems: readonly string[]): string {
    this.#refusals++;
    return prompt("agent/refused-report", { problems: problems.map((one) => `- ${one}`).join("\n") });
  }

  #context(): ReportContext {
    const { run, opened } = this.#tools;
    return { ...run, opened: (id) => opened.has(id) };
  }
}
