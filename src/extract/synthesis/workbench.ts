import type { CommandResult } from "../../agent/index.ts";
import type { Shell } from "../../agent/shell.ts";
import { shownResult } from "../../agent/shown-result.ts";
import type { Redactor } from "../../run/redact/index.ts";
import { fenced } from "../../util/fence.ts";
import { prompt } from "../../util/prompt.ts";
import { learnedExtractor } from "../learned/learned-extractor.ts";
import { examine, passes, type Trial, type TrialResult } from "./examine.ts";
import { type IdRule, type ReadHandIn, readHandIn } from "./read-hand-in.ts";
import { reportText } from "./report-text.ts";
import { HANDED_IN, type Verb } from "./tools.ts";

/** What a workbench works with. */
export interface WorkbenchTools {
  shell: Shell;
  nonce: string;
  redactor: Redactor;
  /** The run itself first, its siblings, then the samples kept of earlier versions. */
  trials: readonly Trial[];
  ids: IdRule;
  /** Of the version that is being made. */
  version: number;
  signal: AbortSignal;
  /** Told of each check and submission. */
  onTry(tried: { verb: Verb; passed: boolean; checks: number }): void;
}

/** What was accepted, and on what evidence. */
export interface Accepted extends ReadHandIn {
  results: readonly TrialResult[];
}

/** The host's side of a session: runs commands, tries what is handed in on the real run, and accepts it or says why not. */
export class Workbench {
  readonly #tools: WorkbenchTools;
  #checks = 0;
  #accepted: Accepted | null = null;

  constructor(tools: WorkbenchTools) {
    this.#tools = tools;
  }

  /** How often something was tried. */
  get checks(): number {
    return this.#checks;
  }

  /** What was accepted; null = nothing. */
  get accepted(): Accepted | null {
    return this.#accepted;
  }

  /** Runs one command of the model. Throws CodeTracerError where the sandbox of the shell fails. */
  async execute(command: string): Promise<CommandResult> {
    const { shell, nonce, signal } = this.#tools;
    const result = await shell.run(command, signal);
    const verb = result.stopped === null ? verbOf(shell.take(HANDED_IN.verb)) : null;
    const answer = verb === null ? null : this.#try(verb);
    return {
      text: [shownResult(result, nonce), ...(answer === null ? [] : [answer])].join("\n\n"),
      exit_code: result.exit_code,
      stopped: result.stopped,
      done: this.#accepted !== null,
    };
  }

  #try(verb: Verb): string {
    const { shell, ids, onTry } = this.#tools;
    this.#checks++;
    const handIn = {
      source: shell.take(HANDED_IN.source),
      format: shell.take(HANDED_IN.format),
      note: shell.take(HANDED_IN.note),
    };
    const read = readHandIn(handIn, ids, verb === "submit");
    if ("problems" in read) {
      onTry({ verb, passed: false, checks: this.#checks });
      return refused(read.problems);
    }
    const results = this.#results(read);
    const passed = results.every(passes);
    if (verb === "submit" && passed) this.#accepted = { ...read, results };
    onTry({ verb, passed, checks: this.#checks });
    return this.#report(verb, passed, results);
  }

  #results({ source, format }: ReadHandIn): TrialResult[] {
    const { trials, version } = this.#tools;
    // A fresh one each: what a limit stopped in one trial must not decide another.
    return trials
      .map((trial) => examine(learnedExtractor({ format, version, source }), trial))
      .filter((result) => result.trial.role !== "sibling" || !isOtherFormat(result));
  }

  #report(verb: Verb, passed: boolean, results: readonly TrialResult[]): string {
    const { nonce, redactor } = this.#tools;
    const text = fenced(redactor.text(reportText(results)), nonce);
    const name = verb === "check" || passed ? "extractor/report" : "extractor/refused";
    return prompt(name, { report: text }).trim();
  }
}

function verbOf(marker: string | null): Verb | null {
  const word = marker?.trim();
  return word === "check" || word === "submit" ? word : null;
}

function refused(problems: readonly string[]): string {
  return prompt("extractor/not-tried", { problems: problems.map((one) => `- ${one}`).join("\n") }).trim();
}

/** Beside a run may lie what is none of this format: that says nothing about the reader. */
function isOtherFormat(result: TrialResult): boolean {
  return "failure" in result && result.isUnrecognised;
}
