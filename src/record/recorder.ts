import { CodeTracerError } from "../util/errors.ts";
import { defined } from "../util/narrow.ts";
import { checkedEnd, checkedText, jsonArguments, metered } from "./checks.ts";
import type { EventWriter } from "./event-writer.ts";
import type { MessageRecorded } from "./events.ts";
import type { Recovered } from "./recover.ts";
import type { Action, Observed, RecordedOutcome, Turn } from "./types.ts";

/** An action that was recorded and may be answered. */
export class ActionHandle {
  /** Names the action in the log. */
  readonly action_id: string;
  readonly #writer: EventWriter;
  #isObserved = false;

  constructor(writer: EventWriter, action_id: string) {
    this.#writer = writer;
    this.action_id = action_id;
  }

  /**
   * Records what came back, once. `""` = nothing was printed, null = not known. Without a call the observation counts as not
   * recorded. Throws CodeTracerError `bad_argument` when called again, `unreadable` when it cannot be written.
   */
  observe(text: string | null, end: Observed = {}): void {
    if (this.#isObserved)
      throw new CodeTracerError(
        "bad_argument",
        "recording: an action is observed once; join the texts before",
      );
    const checked = checkedEnd(end);
    const cleaned =
      text === null ? null : this.#writer.clean({ text: checkedText("an observation", text) }).text;
    this.#writer.append({
      type: "observation",
      at: this.#writer.at(),
      action_id: this.action_id,
      text: cleaned,
      ...checked,
    });
    this.#isObserved = true;
  }
}

/** Records what one agent says and does: the main one, or a sub-agent. Each call is in the log when it returns. */
export class AgentRecorder {
  protected readonly writer: EventWriter;
  readonly #agent_id: string | undefined;

  constructor(writer: EventWriter, agent_id?: string) {
    this.writer = writer;
    this.#agent_id = agent_id;
  }

  /** Records text that is no action. An agent's own counts as thinking of its next action. Throws CodeTracerError. */
  message(
    text: string,
    more: Pick<Turn, "tokens" | "cost_usd"> & { source?: MessageRecorded["source"] } = {},
  ): void {
    const { source = "agent" } = more;
    const cleaned = this.writer.clean({ text: checkedText("a message", text) }).text;
    this.writer.append({
      type: "message",
      at: this.writer.at(),
      source,
      text: cleaned,
      ...this.#whose(),
      ...metered(more),
    });
  }

  /** Records an action, before it is carried out. Throws CodeTracerError. */
  action(action: Action & Turn): ActionHandle {
    return this.#act(action, action, undefined);
  }

  /** Records the actions that one model turn issued together. Throws CodeTracerError. */
  actions(actions: readonly Action[], turn: Turn = {}): ActionHandle[] {
    const turn_id = actions.length > 1 ? this.writer.nextId() : undefined;
    return actions.map((action, index) => this.#act(action, index === 0 ? turn : {}, turn_id));
  }

  /** A recorder for a sub-agent. `parent` = the action that spawned it. Throws CodeTracerError. */
  subAgent(name: string, parent?: ActionHandle): AgentRecorder {
    const agent_id = this.writer.nextId();
    this.writer.append({
      type: "subagent_started",
      at: this.writer.at(),
      agent_id,
      name: checkedText("a sub-agent's name", name),
      ...defined({ parent_action_id: parent?.action_id }),
    });
    return new AgentRecorder(this.writer, agent_id);
  }

  #act(action: Action, turn: Turn, turn_id: string | undefined): ActionHandle {
    const tool = action.command === undefined ? checkedText("a tool's name", action.tool) : "bash";
    if (action.command !== undefined && (action.tool !== undefined || action.arguments !== undefined))
      throw new CodeTracerError(
        "bad_argument",
        "recording: an action takes command, or tool and arguments, not both",
      );
    const given =
      action.command === undefined ? action.arguments : { command: checkedText("a command", action.command) };
    const thinking = turn.thinking === undefined ? undefined : checkedText("thinking", turn.thinking);
    const meter = metered(turn);
    const texts = this.writer.clean({ arguments: jsonArguments(tool, given), ...defined({ thinking }) });
    const action_id = this.writer.nextId();
    this.writer.append({
      type: "action",
      at: this.writer.at(),
      action_id,
      ...this.#whose(),
      ...defined({ turn_id, tool_call_id: action.tool_call_id }),
      tool,
      ...texts,
      ...meter,
    });
    return new ActionHandle(this.writer, action_id);
  }

  #whose(): { agent_id?: string } {
    return defined({ agent_id: this.#agent_id });
  }
}

/** The recorder of a run: what the main agent does, and how it ended. */
export class Recorder extends AgentRecorder {
  /** Where the recording lies: not always the folder that was asked for. */
  readonly folder: string;
  readonly #afterwards: () => Recovered | null;

  constructor(folder: string, writer: EventWriter, afterwards: () => Recovered | null) {
    super(writer);
    this.folder = folder;
    this.#afterwards = afterwards;
  }

  /**
   * Ends the recording, writes `trajectory.json` and says what it holds; null where a recording was joined, which its
   * `codetracer record` ends. Without this call the log alone is complete, and is read as well. Throws CodeTracerError.
   */
  finish({ outcome }: { outcome?: RecordedOutcome } = {}): Recovered | null {
    this.writer.append({
      type: "session_finished",
      at: this.writer.at(),
      session_id: this.writer.session_id,
      ...defined({ outcome: outcome === undefined ? undefined : this.writer.clean(defined(outcome)) }),
    });
    this.writer.close();
    return this.#afterwards();
  }
}
