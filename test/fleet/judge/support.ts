import type { Rubric } from "../../../src/fleet/judge/rubric.ts";
import type { JudgeSettings } from "../../../src/fleet/judge/settings.ts";
import type { ChatMessage, ChatModel, ChatReply } from "../../../src/model/model.ts";
import { UNKNOWN_USAGE } from "../../../src/model/model.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { madeWorkspace } from "../../support/made-workspace.ts";
import { change, failure, look, steps } from "../../support/steps.ts";

/** What a scripted model says to the prompts, in turn or by what it is asked. */
export type Script = (messages: readonly ChatMessage[], call: number) => string | Partial<ChatReply>;

export interface ScriptedJudge {
  settings: JudgeSettings;
  /** Every prompt that was sent, as its last message. */
  prompts: string[];
}

/** A judge that says what a function tells it to. */
export function scripted(
  script: Script,
  more: Partial<JudgeSettings> & { context?: number } = {},
): ScriptedJudge {
  const prompts: string[] = [];
  const model: ChatModel = {
    spec: "scripted:judge",
    context_tokens: more.context ?? null,
    complete: async ({ messages }) => {
      prompts.push(messages.at(-1)?.text ?? "");
      const said = script(messages, prompts.length);
      const reply = typeof said === "string" ? { text: said } : said;
      return { text: "", stop_reason: "end", usage: UNKNOWN_USAGE, cost_usd: null, model: null, ...reply };
    },
  };
  const { context: _, ...settings } = more;
  return {
    prompts,
    settings: {
      model,
      budget: null,
      cache_folder: null,
      max_output_tokens: 1000,
      signal: new AbortController().signal,
      ...settings,
    },
  };
}

export function rubric(id: string, criterion = `The agent does ${id}.`): Rubric {
  return {
    id,
    title: id,
    criterion,
    counter_criterion: "It only says so.",
    insufficient_evidence: "Nothing was recorded.",
    examples: "Present: it does.",
  };
}

/** A run of four steps whose second fails. */
export function run(observation = "make: *** No rule to make target"): TracedWorkspace {
  return withRedaction(
    madeWorkspace(
      "made",
      steps(
        look("ls", "Makefile\nmain.c", { thinking: "Let me look around first." }),
        failure("make all", observation),
        failure("make all", observation, { repeat_of: 2 }),
        change("echo done > state.txt", { observation: "", thinking: "Everything works perfectly now." }),
      ),
    ),
  );
}

/** As `analyze` makes them: hand-made ones count as unredacted, and those are sent to no model. */
export function withRedaction(workspace: TracedWorkspace): TracedWorkspace {
  return { ...workspace, extraction: { ...workspace.extraction, redactions: {} } };
}

/** A verdict as a model writes it. */
export function verdict(rubric: string, present: boolean | null, quotes: readonly object[] = []): object {
  return { rubric, present, confidence: 0.8, step_ids: [], quotes, reason: `about ${rubric}` };
}

export function reply(...verdicts: readonly object[]): string {
  return `I have read it.\n\n\`\`\`json\n${JSON.stringify({ verdicts })}\n\`\`\`\n`;
}

export const STANDS = { step: 2, where: "observation", text: "No rule to make target" };
export const INVENTED = { step: 2, where: "observation", text: "undefined reference to main" };
