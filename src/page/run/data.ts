import type {
  BehaviourFlag,
  DiagnosisFile,
  ExtractionFile,
  IndexedStep,
  Score,
  Stage,
} from "../../trajectory/index.ts";

/** A step as the page of a run shows it. */
export type PageStep = Pick<
  IndexedStep,
  | "step_id"
  | "kind"
  | "name"
  | "failed"
  | "agent"
  | "action"
  | "observation"
  | "action_ref"
  | "observation_ref"
  | "touches"
> &
  Partial<
    Pick<
      IndexedStep,
      | "thinking"
      | "tool"
      | "exit_code"
      | "exit_code_source"
      | "is_error"
      | "started_at"
      | "duration_ms"
      | "tokens"
      | "cost_usd"
      | "parallel_group"
      | "parent_step_id"
      | "repeat_of"
      | "near_repeat_of"
    >
  > & {
    /** The action as a person reads it, where that is another text than the recorded one. */
    readable_action?: string;
    is_shell: boolean;
    /** Characters that were cut out of the middle of a text to keep the page openable, by field. */
    cut?: Partial<Record<"action" | "observation" | "thinking", number>>;
  };

/** Everything on the page of one run: the JSON that its template is filled with. */
export interface RunPageData {
  run: string;
  /** What the agent was asked; null = not recorded. */
  task: string | null;
  extraction: ExtractionFile;
  /** How the run ended and who acted, in words. */
  outcome_words: string;
  agent_words: string;
  steps: readonly PageStep[];
  stages: readonly Stage[];
  diagnosis: DiagnosisFile;
  flags: readonly BehaviourFlag[];
  /** null = no steps, or the harness broke the run. */
  score: Score | null;
  /** From this confidence on a label is said to be one; below it is a lead. */
  sure_confidence: number;
}
