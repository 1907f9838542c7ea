import {
  asArray,
  asCount,
  asRecord,
  asString,
  defined,
  type JsonRecord,
  type Ref,
  renderAction,
  type Step,
  StepBuilder,
  type Tokens,
} from "../../src/extract/toolkit/index.ts";

/** One call of a tool. */
export interface Call {
  id: string | undefined;
  tool: string;
  args: JsonRecord;
  ref: Ref;
}

/** What came back for a call. */
export interface Answer {
  text: string | null;
  is_error: boolean;
}

/** What is read from one transcript, whatever its form. */
export class Conversation {
  readonly builder = new StepBuilder();
  readonly prompts: string[] = [];
  /** Calls that are not answered yet, oldest first: some forms pair by the tool's name alone. */
  readonly open: Step[] = [];
  model: string | null = null;
  exitStatus: string | null = null;
  /** Results whose call is not there. */
  unpaired = 0;
  readonly #agent: string;
  #thoughts: string[] = [];
  #turn: Step[] = [];
  #turns = 0;

  constructor(agent = "main") {
    this.#agent = agent;
  }

  /** Something that the user asked. */
  prompt(text: string | null): void {
    const prompt = text?.trim() ?? "";
    if (prompt !== "" && !isContext(prompt)) this.prompts.push(prompt);
  }

  /** Reasoning or prose of the model; it leads to the next call. */
  think(text: string | null | undefined): void {
    const thought = text?.trim() ?? "";
    if (thought !== "") this.#thoughts.push(thought);
  }

  /** A new model turn: what it calls shares a group. */
  startTurn(): void {
    this.#turn = [];
  }

  /** Adds a call; one that was added before is returned as it is. */
  call({ id, tool, args, ref }: Call, started_at?: string): Step {
    const known = id === undefined ? undefined : this.builder.byCallId(id);
    if (known) return known;
    const step = this.builder.add({
      action: renderAction(tool, args),
      action_ref: ref,
      tool,
      tool_call_id: id,
      arguments: args,
      thinking: this.#thoughts.length > 0 ? this.#thoughts.join("\n\n") : undefined,
      started_at,
      agent: this.#agent,
    });
    this.#thoughts = [];
    this.#turn.push(step);
    this.open.push(step);
    if (this.#turn.length === 1) this.#turns++;
    else for (const member of this.#turn) member.parallel_group = this.#turns;
    return step;
  }

  /** The result of a call. */
  answer(step: Step, { text, is_error }: Answer, ref: Ref): void {
    const at = this.open.indexOf(step);
    if (at >= 0) this.open.splice(at, 1);
    step.observation = text;
    step.observation_ref = text === null ? null : ref;
    if (is_error) step.is_error = true;
    const exit_code = exitCode(step, text);
    if (exit_code !== undefined) step.exit_code = exit_code;
  }

  /** The call that a result answers: by its id, else the oldest open one of the tool. */
  answered(id: string | undefined, tool: string | undefined): Step | undefined {
    const byId = id === undefined ? undefined : this.builder.byCallId(id);
    return (
      byId ??
      this.open.find((step) => step.tool === tool && (id === undefined || step.tool_call_id === undefined))
    );
  }
}

/** The text of a response's parts: output or error of a function's response, and what stands beside it. */
export function responseText(result: unknown): Answer | null {
  const parts = Array.isArray(result) ? result : result === undefined || result === null ? [] : [result];
  const answers = parts.map(partAnswer).filter((answer) => answer !== null);
  if (answers.length === 0) return null;
  const text = answers.map((answer) => answer.text ?? "").join("\n");
  return { text, is_error: answers.some((answer) => answer.is_error) };
}

function partAnswer(part: unknown): Answer | null {
  if (typeof part === "string") return { text: part, is_error: false };
  const record = asRecord(part);
  if (!record) return null;
  const response = asRecord(record.functionResponse);
  if (response) return functionAnswer(response);
  const text = asString(record.text);
  if (text !== undefined) return { text, is_error: false };
  const type = asString(asRecord(record.inlineData ?? record.fileData)?.mimeType);
  return type === undefined ? null : { text: `[${type}]`, is_error: false };
}

function functionAnswer({ response, parts }: JsonRecord): Answer {
  const record = asRecord(response);
  const more = asArray(parts)
    .map(partAnswer)
    .flatMap((answer) => (answer?.text == null ? [] : [answer.text]));
  const error = asString(record?.error);
  const own = error ?? asString(record?.output) ?? (response === undefined ? null : JSON.stringify(response));
  const texts = own === null ? more : [own, ...more];
  return { text: texts.length > 0 ? texts.join("\n") : null, is_error: error !== undefined };
}

/** Token counts under the names that a form uses. */
export function tokensOf(
  counts: Readonly<Record<"input" | "output" | "cached" | "reasoning", unknown>>,
): Tokens | undefined {
  const tokens = defined({
    input: asCount(counts.input),
    output: asCount(counts.output),
    cached: asCount(counts.cached),
    reasoning: asCount(counts.reasoning),
  });
  return Object.keys(tokens).length > 0 ? tokens : undefined;
}

function exitCode(step: Step, text: string | null): number | undefined {
  if (step.tool !== "run_shell_command" || text === null) return undefined;
  const code = /^Exit Code: (-?\d+)$/m.exec(text)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Texts that Gemini CLI itself adds in the user's name. */
function isContext(text: string): boolean {
  return /^(?:This is the Gemini CLI\. We are setting up the context|<session_context>|System: Please continue\.$|\[Function result\])/.test(
    text,
  );
}
