import { factsOf } from "../../../src/fleet/facts/index.ts";
import { mulberry32, randomIndex } from "../../../src/stats/prng.ts";
import type { RunFacts } from "../../../src/trajectory/index.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";

/** Facts of a failed run with this summary. */
export function failed(runId: string, summary: string, more: Partial<RunFacts> = {}): RunFacts {
  const facts = factsOf(madeWorkspace(runId, [], { outcome: { resolved: false } }), runId);
  return { ...facts, failure: { stage: "unknown", reason: "made", summary, evidence: [] }, ...more };
}

/** Ways of failing, each told in one of several wordings. */
const THEMES: readonly (readonly string[])[] = [
  [
    "Errors: missing module: ModuleNotFoundError: No module named 'numpy'\nSigns: missing module in # steps",
    "Errors: missing module: ModuleNotFoundError: No module named 'torch' | failed import: ImportError\nSigns: missing module in # step",
    "Errors: missing module: Error: Cannot find module 'left-pad' | missing module: No module named PATH",
  ],
  [
    "Signs: the run ends with an edit that nothing ran or tested",
    "Signs: the run ends with an edit that nothing ran or tested | an edit was thrown away without use",
    "Went wrong: write FILE. what it writes is never read\nSigns: nothing ran or tested the last edit",
  ],
  [
    "Errors: no network or refused by a server: curl: (#) Could not resolve host | no network or refused by a server: Connection refused",
    "Errors: no network or refused by a server: Connection timed out connecting to host",
    "Errors: no network or refused by a server: Could not resolve host name | no network or refused by a server: Connection refused by host",
  ],
  [
    "Signs: # steps of # repeat an earlier action to no new effect | waits that showed nothing new",
    "Signs: # steps of # repeat an earlier action to no new effect | a failed action was tried again unchanged",
    "Signs: # steps of # repeat an earlier action to no new effect\nEnded: LimitsExceeded",
  ],
];

const TASKS = [
  "compile the linux kernel with qemu",
  "train a classifier on the cancer dataset",
  "translate the poem into Latin",
  "repair the flask login form",
  "play zork until the treasure is found",
  "sort the invoices by customer",
];

/** A fleet of planted failures: themes cross tasks, and each summary tells its task and some words of it. */
export function planted(runs: number, seed: number): { facts: RunFacts[]; themes: number[] } {
  const random = mulberry32(seed);
  const themes: number[] = [];
  const facts = Array.from({ length: runs }, (_, index) => {
    const theme = index % THEMES.length;
    const task = randomIndex(random, TASKS.length);
    const wordings = THEMES[theme] ?? [];
    const words = (TASKS[task] ?? "").split(" ");
    const slip = words[randomIndex(random, words.length)] ?? "";
    themes.push(theme);
    return failed(
      `run-${String(index).padStart(5, "0")}`,
      `Task: ${TASKS[task]}\n${wordings[randomIndex(random, wordings.length)]}\nBetter: look at ${slip} ${words.slice(-2).join(" ")}`,
      { task_key: `task-${task}` },
    );
  });
  return { facts, themes };
}
