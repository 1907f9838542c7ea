import { openJournal } from "../../../src/agent/journal.ts";
import type { SessionHeader } from "../../../src/agent/journal-events.ts";
import { type ChatMessage, type ChatReply, UNKNOWN_USAGE } from "../../../src/model/model.ts";
import type { DirectInput, DirectPorts } from "../../../src/trace/direct/ports.ts";
import type { Stage } from "../../../src/trajectory/stage.ts";
import { change, failure, look, oneStage, type StepSketch, steps } from "../../support/steps.ts";

/** A session of the one-prompt tracer. */
export const HEADER: SessionHeader = {
  codetracer_version: "0.0.0",
  tracer: "direct",
  model: "scripted:test",
  shell: "none",
  prompt_digest: "0",
  input_digest: "0",
  settings: {},
  pass: 1,
};

/** A run of which a step fails and the next one goes on as if it had not. */
export const RUN: DirectInput = {
  ...runOf(
    [
      look("ls", "Makefile  main.c"),
      change("make", { observation: "cc -o main main.c" }),
      failure("./main --check", "error: table.csv not found", { thinking: "It should pass now." }),
      change("echo 42 > answer.txt", { observation: "", thinking: "The table is missing, so I guess." }),
    ],
    oneStage(4),
  ),
};

/** A run to read. */
export function runOf(sketches: readonly StepSketch[], stages: readonly Stage[]): DirectInput {
  return {
    steps: steps(...sketches),
    stages,
    task: "Write the answer of the table.",
    outcome: "The task was not solved.",
  };
}

/** A run of so many steps in stages of five, each with so many characters of output. */
export function longRun(count: number, outputChars: number): DirectInput {
  const sketches = Array.from({ length: count }, (_, index) =>
    change(`make part-${index + 1}`, { observation: linesOf(index + 1, outputChars) }),
  );
  const stages = Array.from({ length: Math.ceil(count / 5) }, (_, index) => ({
    stage_id: index + 1,
    stage: `build ${index + 1}`,
    start_step_id: index * 5 + 1,
    end_step_id: Math.min(count, index * 5 + 5),
  }));
  return runOf(sketches, stages);
}

function linesOf(step: number, chars: number): string {
  let text = "";
  for (let line = 1; text.length < chars; line++) text += `step ${step} compiles unit ${line} of many\n`;
  return text;
}

/** What a model replies to each call in turn; an error is thrown. Past the end it replies as it did last. */
export type Replies = readonly (string | Partial<ChatReply> | Error)[];

/** Ports with a model that replies from a list, or as a function of the messages, and everything it was asked. */
export function portsOf(
  replies: Replies | ((messages: readonly ChatMessage[]) => string),
  more: Partial<DirectPorts> = {},
): { ports: DirectPorts; asked: (readonly ChatMessage[])[] } {
  const asked: (readonly ChatMessage[])[] = [];
  const ports: DirectPorts = {
    query: async (messages) => {
      asked.push(messages);
      const reply =
        typeof replies === "function"
          ? replies(messages)
          : (replies[asked.length - 1] ?? replies.at(-1) ?? "");
      if (reply instanceof Error) throw reply;
      return { ...NO_REPLY, ...(typeof reply === "string" ? { text: reply } : reply) };
    },
    journal: openJournal(null, HEADER),
    limits: { calls: 30, tokens: null, cost_usd: null, seconds: null, max_output_tokens: 2_000 },
    context_tokens: null,
    now: () => 0,
    ...more,
  };
  return { ports, asked };
}

const NO_REPLY: ChatReply = {
  text: "",
  stop_reason: "end",
  usage: { ...UNKNOWN_USAGE, input_tokens: 1_000, output_tokens: 100 },
  cost_usd: 0.01,
  model: null,
};

/** A report on `RUN` that holds. */
export const REPORT = {
  stages: [{ stage_id: 1, wrong_share: 0.5, note: "guesses the answer" }],
  candidates: [
    {
      steps: [4],
      kind: "fabricated_result",
      confidence: 80,
      stretch: [3, 4],
      wrong_in_stretch: 1,
      quotes: [{ step: 4, text: "echo 42 > answer.txt" }],
      why: "Step 3 had shown that there is no table.",
      later: "kept",
      better: "Say that the table is missing.",
    },
  ],
  unuseful: [],
  summary: "The answer was guessed.",
  root_cause: ["no table", "a guess"],
  critical_decisions: [{ step: 4, decision: "guesses" }],
  strategy: "Look for the table first.",
};

/** A report as a reply holds it. */
export function replyWith(report: unknown): string {
  return `It guesses.\n\n\`\`\`json\n${JSON.stringify(report)}\n\`\`\`\n`;
}

/** The report with its quote replaced. */
export function quoting(text: string): typeof REPORT {
  return {
    ...REPORT,
    candidates: REPORT.candidates.map((one) => ({ ...one, quotes: [{ step: 4, text }] })),
  };
}
