import type { OutcomeWord, PageFlag, PageRun } from "../../page/fleet/data.ts";
import type { BehaviourFlag, RunFacts, Score } from "../../trajectory/index.ts";
import { outcomeWords } from "../words.ts";
import { cut, pageEvidence, round } from "./fleet-detail.ts";

const REASON_CHARS = 500;
const SUMMARY_CHARS = 900;
const TASK_CHARS = 300;
/** Steps named for one behaviour or penalty; the reason tells what they have in common. */
const STEP_IDS = 40;
const QUOTES = 3;

/** A run's facts as the page of its fleet shows them, without what its workspace tells. Pure. */
export function pageRun(facts: RunFacts): Omit<PageRun, "detail"> {
  const { failure, flags, score, tokens } = facts;
  return {
    run_id: facts.run_id,
    run: facts.run,
    task: facts.task === null ? null : cut(facts.task, TASK_CHARS),
    task_key: facts.task_key,
    agent: facts.agent,
    agent_version: facts.agent_version,
    model: facts.model,
    extractor: facts.extractor,
    outcome: outcomeWord(facts),
    outcome_words: cut(outcomeWords(facts.outcome), REASON_CHARS),
    step_count: facts.step_count,
    change_count: facts.change_count,
    failed_step_count: facts.failed_step_count,
    started_at: facts.started_at,
    duration_seconds: facts.duration_seconds,
    input_tokens: tokens?.input ?? null,
    output_tokens: tokens?.output ?? null,
    cost_usd: facts.cost_usd,
    verdict: facts.verdict,
    onset_step_id: facts.onset_step_id,
    incorrect_count: facts.incorrect_step_ids.length,
    unuseful_count: facts.unuseful_step_ids.length,
    score: score === null ? null : pageScore(score),
    flags: flags.filter(({ present }) => present === true).map(pageFlag),
    absent: flags.filter(({ present }) => present === false).map(({ behaviour }) => behaviour),
    unjudged: flags.filter(({ present }) => present === null).map(({ behaviour }) => behaviour),
    failure:
      failure === null
        ? null
        : {
            stage: failure.stage,
            reason: cut(failure.reason, REASON_CHARS),
            summary: cut(failure.summary, SUMMARY_CHARS),
          },
    fidelity_passed: facts.fidelity_passed,
    warning_count: facts.warning_count,
  };
}

function outcomeWord({ outcome }: RunFacts): OutcomeWord {
  if (outcome.infrastructure_failure !== null) return "harness";
  if (outcome.resolved === null) return "unknown";
  return outcome.resolved ? "solved" : "failed";
}

function pageScore({ value, penalties }: Score): Score {
  return {
    value: round(value),
    penalties: penalties.map((penalty) => ({
      name: penalty.name,
      points: round(penalty.points),
      reason: cut(penalty.reason, REASON_CHARS),
      step_ids: penalty.step_ids.slice(0, STEP_IDS),
    })),
  };
}

function pageFlag(flag: BehaviourFlag): PageFlag {
  return {
    behaviour: flag.behaviour,
    confidence: round(flag.confidence),
    step_ids: flag.step_ids.slice(0, STEP_IDS),
    evidence: pageEvidence(flag.evidence.slice(0, QUOTES)),
    reason: cut(flag.reason, REASON_CHARS),
    judged_by: flag.judged_by,
  };
}
