import { indexTrajectory } from "../../../src/index-run/index.ts";
import type { Recorded } from "../../../src/replay/plan/plan-replay.ts";
import { UNKNOWN_OUTCOME } from "../../../src/trajectory/outcome.ts";
import type { Step } from "../../../src/trajectory/step.ts";

/** A recorded step as a test says it: the action, or a tool's call. */
export type Said = Partial<Step>;

/** A run of these steps, indexed, whose failure begins at `onset`. */
export function recording(said: readonly Said[], onset: number | null = null, redactions = {}): Recorded {
  const steps = said.map((one, index): Step => {
    const call = one.tool === undefined ? "" : `${one.tool} ${JSON.stringify(one.arguments)}`;
    return {
      step_id: index + 1,
      observation: "",
      agent: "main",
      action_ref: null,
      observation_ref: null,
      ...one,
      action: one.action ?? call,
    };
  });
  const trajectory = {
    task: null,
    agent: { name: null, version: null, model: null },
    steps,
    outcome: UNKNOWN_OUTCOME,
    files_used: [],
    warnings: [],
  };
  return {
    steps: indexTrajectory(trajectory).steps,
    diagnosis: { onset_step_id: onset, verdict: onset === null ? "no_finding" : "diagnosed" },
    extraction: { run: "runs/toy", redactions },
  };
}

/** A command that a harness ran in a shell of its own, and how it ended. */
export function ran(command: string, exitCode = 0, output = ""): Said {
  return {
    action: command,
    exit_code: exitCode,
    observation: `<returncode>${exitCode}</returncode>\n<output>\n${output}</output>`,
  };
}

/** A call of a tool that edits files. */
export function called(tool: string, args: Record<string, unknown>, more: Said = {}): Said {
  return { tool, arguments: args, observation: "done", ...more };
}

/** Keys typed into a terminal, and the screen behind them. */
export function typed(keys: string, screen: string | null = null): Said {
  return { tool: "bash_command", arguments: { keystrokes: keys }, action: keys, observation: screen };
}
