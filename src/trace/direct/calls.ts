import { type Asked, Asker } from "../../agent/ask.ts";
import type { LoopEnd, LoopLimits } from "../../agent/loop-types.ts";
import type { ChatMessage } from "../../model/model.ts";
import type { Spent } from "../model-usage.ts";
import type { DirectPorts } from "./ports.ts";

/** There is one prompt, and nothing in it may go: what does not fit is cut before. */
const NOTHING_TAKEN_OUT = {
  context_tokens: Number.POSITIVE_INFINITY,
  outputs_kept: Number.POSITIVE_INFINITY,
};

/** The calls of one session: taken from the journal where it has them, made within the limits and written down otherwise. */
export class Calls {
  readonly #journal: DirectPorts["journal"];
  readonly #asker: Asker;
  #made = 0;
  /** Whether the session can be taken up again where it stopped. */
  #isOpen = false;

  constructor(ports: DirectPorts) {
    const limits: LoopLimits = {
      ...ports.limits,
      ...NOTHING_TAKEN_OUT,
      malformed_replies: 0,
    };
    this.#journal = ports.journal;
    this.#asker = new Asker(ports, limits, ports.journal);
  }

  /** What the calls so far took, replayed ones included. */
  get spent(): Spent {
    return this.#asker.usage.total();
  }

  /** Asks once, unless a limit is reached. Throws ModelError for every failure but a prompt that is too long and an abort. */
  async ask(messages: readonly ChatMessage[]): Promise<Asked> {
    const call = this.#made + 1;
    const asked = await this.#asker.ask(call, messages);
    if ("end" in asked) {
      this.#isOpen = !asked.isFinal;
      return asked;
    }
    this.#made = call;
    this.#journal.append({ type: "model_replied", call, ...asked.reply });
    return asked.reply.stop_reason === "refusal" ? { end: "refused", isFinal: true } : asked;
  }

  /** Writes something about the last call into the journal. */
  note(kind: string, data: Readonly<Record<string, unknown>>): void {
    this.#journal.append({ type: "note", kind, data });
  }

  /** Closes the session, unless it can be taken up again. */
  finish(end: LoopEnd): void {
    if (!this.#isOpen) this.#journal.append({ type: "session_ended", end, usage: this.spent });
  }
}
