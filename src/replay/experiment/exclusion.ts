/**
 * When an attempt says nothing about the hint and is left out, decided before the first one. Everything else counts: an agent that fails, gives up, or
 * runs out of its time has failed.
 */
export const EXCLUSION_RULES = {
  setup_failed: "the template could not be copied, or the set-up did not end with exit code 0 in its time",
  agent_not_started:
    "the agent's command could not be started, or ended with exit code 126 or 127 and left no step of a run",
  check_not_run: "the check could not be started, or ended with exit code 126 or 127",
  infrastructure_failure: "the run that the agent left says that its harness failed, not the agent",
} as const;

/** Why attempts are not made at all. */
export const STOP_RULES = {
  max_cost: "no attempt is begun once the cost of those made has reached the limit",
  max_seconds: "no attempt is begun once the agents' time has reached the limit",
  unknown_cost:
    "with a limit on cost, none is begun after one whose cost is not recorded, unless a cost is assumed for it",
} as const;
export type StopReason = keyof typeof STOP_RULES;

/** What becomes of the other attempt of a pair. */
export const PAIR_RULE =
  "a pair counts where both of its attempts count; what is left of a broken pair stands in the unpaired figures only; nothing is made again in its place";

/** How the rest is counted. */
export const COUNTING_RULES: readonly string[] = [
  "an attempt has passed if the check ends with exit code 0 in its time, whatever the agent's own exit code",
  "an agent that is ended at its time limit counts; the check judges what it left",
  "a check that is ended at its time limit has not passed",
];
