import path from "node:path";
import { defined } from "../../util/narrow.ts";
import { EventWriter } from "../event-writer.ts";
import { LOG_FILE } from "../events.ts";
import { LogFile } from "../log-file.ts";
import { readLog } from "../read-log.ts";
import type { Tapped } from "./tap.ts";

/** The tool's name of commands that a shell was called with. */
const TOOL = "shell";

/** What a shell was called for. `shell` = its name and options. */
export interface ShellArguments {
  command: string;
  cwd: string;
  shell: string;
}

/** How it ended. `duration_ms` is absent where it is not known. */
export interface ShellEnd {
  exit_code: number;
  duration_ms?: number;
}

/** A command of a shell, as a step of a recording. */
export class ShellStep {
  readonly #writer: EventWriter;
  readonly #action_id: string;

  private constructor(recording: string, action_id: string) {
    const log = LogFile.open(path.join(recording, LOG_FILE));
    this.#writer = new EventWriter(log, { redact: true, now: Date.now });
    this.#action_id = action_id;
  }

  /** Records that a command has begun. Throws CodeTracerError. */
  static start(recording: string, action_id: string, given: ShellArguments): ShellStep {
    const step = new ShellStep(recording, action_id);
    const writer = step.#writer;
    const cleaned = writer.clean({ arguments: { ...given } });
    writer.append({ type: "action", at: writer.at(), action_id, tool: TOOL, ...cleaned, by: "shell" });
    return step;
  }

  /** A step that another process began; null where it did not come to record it. Throws CodeTracerError. */
  static resume(recording: string, action_id: string): ShellStep | null {
    const { events } = readLog(path.join(recording, LOG_FILE));
    const isThere = events.some((event) => event.type === "action" && event.action_id === action_id);
    return isThere ? new ShellStep(recording, action_id) : null;
  }

  /**
   * Records how it ended. `outputs`: standard output and error, or both as one, or none where they were not seen. Throws
   * CodeTracerError.
   */
  finish(outputs: readonly Tapped[], { exit_code, duration_ms }: ShellEnd): void {
    const [out, err] = outputs.map(({ text }) => this.#writer.clean({ text }).text);
    const gap = !out || !err || out.endsWith("\n") ? "" : "\n";
    const left_out_bytes = outputs.reduce((sum, { left_out_bytes: bytes }) => sum + bytes, 0);
    this.#writer.append({
      type: "observation",
      at: this.#writer.at(),
      action_id: this.#action_id,
      text: out === undefined ? null : `${out}${gap}${err ?? ""}`,
      ...(err ? { stderr_at: (out?.length ?? 0) + gap.length } : {}),
      ...(left_out_bytes > 0 ? { left_out_bytes } : {}),
      ...(outputs.some(({ still_open }) => still_open) ? { still_open: true as const } : {}),
      exit_code,
      ...defined({ duration_ms }),
    });
    this.#writer.close();
  }
}
