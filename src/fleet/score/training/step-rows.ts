import type { StepReward } from "../../../trajectory/index.ts";
import { Conversation, said, type TaskedRun } from "./conversation.ts";
import type { KtoRow, Message, RewardRow, StepRow } from "./rows.ts";

/** A step with its prompt. */
interface Turn {
  prompt: Message[];
  completion: [{ role: "assistant"; content: string }];
  reward: StepReward;
}

/** The lines of `rewards.jsonl` for one run. */
export function rewardRows(runId: string, rewards: readonly StepReward[]): RewardRow[] {
  return rewards.map((reward) => ({ run_id: runId, ...reward }));
}

/** A row for each step of a run. `maxChars`: characters of a prompt. */
export function* stepRows(
  run: TaskedRun,
  runId: string,
  rewards: readonly StepReward[],
  maxChars: number,
): Generator<StepRow> {
  for (const { prompt, completion, reward: step } of turns(run, rewards, maxChars)) {
    const { reward, outcome_reward, behaviour_reward, confidence, step_id } = step;
    yield {
      prompt,
      completion,
      reward,
      outcome_reward,
      behaviour_reward,
      confidence,
      run_id: runId,
      step_id,
    };
  }
}

/** A row for each step whose reward is at least `minReward` away from 0: wanted above, unwanted below. */
export function* ktoRows(
  run: TaskedRun,
  runId: string,
  rewards: readonly StepReward[],
  { maxChars, minReward }: { maxChars: number; minReward: number },
): Generator<KtoRow> {
  const telling = rewards.filter(({ reward }) => reward !== 0 && Math.abs(reward) >= minReward);
  for (const { prompt, completion, reward } of turns(run, telling, maxChars)) {
    const { step_id } = reward;
    yield { prompt, completion, label: reward.reward > 0, reward: reward.reward, run_id: runId, step_id };
  }
}

function* turns(run: TaskedRun, rewards: readonly StepReward[], maxChars: number): Generator<Turn> {
  const conversation = new Conversation(run);
  for (const reward of rewards) {
    const step = run.steps[reward.step_id - 1];
    if (!step) continue;
    const completion: Turn["completion"] = [{ role: "assistant", content: said(step) }];
    yield { prompt: conversation.before(step, maxChars), completion, reward };
  }
}
