import {
  asRecord,
  asString,
  type JsonRecord,
  type Ref,
  type RunFiles,
  renderAction,
  type Step,
  StepBuilder,
} from "../../src/extract/toolkit/index.ts";
import { joinThoughts } from "../_traj/thinking.ts";
import { timeOf } from "./message.ts";
import { parsed, requestOf, type Usage } from "./usage.ts";

/** What is read from the side panel where the conversation itself is not there. */
export interface PanelReading {
  task: string | null;
  steps: Step[];
}

/** Reads the entries of `ui_messages.json`. They name no call ids; an output follows its action. */
export function readPanel(run: RunFiles, path: string): PanelReading {
  const reader = new PanelReader();
  for (const { value, line_start, line_end } of run.jsonl(path)) {
    const entry = asRecord(value);
    if (entry && entry.partial !== true) reader.read(entry, { path, line_start, line_end });
  }
  return { task: reader.task, steps: reader.builder.steps };
}

class PanelReader {
  readonly builder = new StepBuilder();
  task: string | null = null;
  #thoughts: string[] = [];
  #usage: Usage = {};
  #last: Step | undefined;

  read(entry: JsonRecord, ref: Ref): void {
    const kind = asString(entry.say) ?? asString(entry.ask) ?? "";
    const text = asString(entry.text) ?? "";
    if (kind === "task" || (kind === "text" && this.task === null)) this.task ??= text;
    else if (kind === "text" || kind === "reasoning")
      this.#thoughts.push(text || (asString(entry.reasoning) ?? ""));
    else if (kind === "api_req_started") this.#usage = requestOf(entry) ?? {};
    else if (OUTPUTS.has(kind)) this.#observe(text, ref);
    else this.#act(kind, text, entry, ref);
  }

  #act(kind: string, text: string, entry: JsonRecord, ref: Ref): void {
    const call = callOf(kind, text);
    if (call === null) return;
    this.#last = this.builder.add({
      action: renderAction(call.tool, call.args),
      action_ref: ref,
      tool: call.tool,
      arguments: call.args,
      thinking: joinThoughts(this.#thoughts),
      ...this.#usage,
      started_at: timeOf(entry.ts),
    });
    this.#thoughts = [];
    this.#usage = {};
  }

  #observe(text: string, ref: Ref): void {
    if (!this.#last || text === "") return;
    const before = this.#last.observation;
    this.#last.observation = before === null ? text : `${before}\n${text}`;
    this.#last.observation_ref ??= ref;
  }
}

const OUTPUTS = new Set(["command_output", "mcp_server_response", "browser_action_result", "user_feedback"]);

/** Entries that ask the user something, by the tool that the model called for it. */
const TALK: Readonly<Record<string, string>> = {
  followup: "ask_followup_question",
  plan_mode_respond: "plan_mode_respond",
  completion_result: "attempt_completion",
};

interface PanelCall {
  tool: string;
  args: JsonRecord;
}

function callOf(kind: string, text: string): PanelCall | null {
  const record = asRecord(parsed(text));
  if (kind === "command")
    return { tool: "execute_command", args: { command: text.replace(/(?:REQ_APP|ASK_USER)$/, "").trim() } };
  if (kind === "tool" && record) {
    const { tool, ...args } = record;
    return { tool: asString(tool) ?? "unknown", args };
  }
  if (kind === "use_mcp_server" && record) {
    const { type, ...args } = record;
    return { tool: asString(type) ?? "use_mcp_tool", args };
  }
  if (kind === "browser_action" && record) return { tool: "browser_action", args: record };
  if (kind === "browser_action_launch")
    return { tool: "browser_action", args: { action: "launch", url: text } };
  const talk = TALK[kind];
  return talk === undefined || text === "" ? null : { tool: talk, args: record ?? { text } };
}
