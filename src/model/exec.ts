import { stripVTControlCharacters } from "node:util";
import { cleanReason } from "./clean-reason.ts";
import { execPrompt } from "./exec-prompt.ts";
import { type ChatModel, type ChatReply, UNKNOWN_USAGE } from "./model.ts";
import { ModelError } from "./model-error.ts";
import type { ModelOptions } from "./options.ts";
import { type CommandEnd, runCommand } from "./run-command.ts";

const MAX_OUTPUT_CHARS = 4_000_000;
/** Of the shell, for a command that is not there. */
const NOT_FOUND = 127;
/** All controls but tab and line break. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A command line as the model: the chat as one text on its stdin, the reply on its stdout. The line is the user's own and goes to their shell
 * as it is, with the environment; nothing of a run ever stands in it. Usage is not reported.
 */
export function createExecModel(
  command: string,
  options: Pick<ModelOptions, "env" | "cwd" | "timeout_ms">,
): ChatModel {
  return {
    spec: `exec:${command}`,
    context_tokens: null,
    async complete({ messages, signal }) {
      const prompt = execPrompt(messages);
      const { env, cwd, timeout_ms } = options;
      const end = await runCommand(command, prompt, {
        env,
        cwd,
        timeout_ms,
        signal,
        max_output_chars: MAX_OUTPUT_CHARS,
      });
      const failure = failureOf(end, options, prompt);
      if (failure !== null) throw failure;
      return replyOf(end.output);
    },
  };
}

function replyOf(output: string): ChatReply {
  const text = stripVTControlCharacters(output).replaceAll("\r\n", "\n").replace(CONTROLS, "").trim();
  return { text, stop_reason: "end", usage: UNKNOWN_USAGE, cost_usd: null, model: null };
}

function failureOf(
  end: CommandEnd,
  { env, timeout_ms }: Pick<ModelOptions, "env" | "timeout_ms">,
  prompt: string,
): ModelError | null {
  if (end.stopped === "abort")
    return new ModelError("aborted", "the call to the model's command was interrupted");
  if (end.stopped === "time") {
    const seconds = timeout_ms / 1000;
    return new ModelError(
      "timeout",
      `the model's command did not end within ${seconds} s and was killed; raise --model-timeout if it needs longer`,
    );
  }
  if (end.stopped === "output") {
    return new ModelError(
      "malformed_reply",
      "the model's command wrote more than 4 MB and was killed; it must print the reply alone",
    );
  }
  if (end.stopped === "start") {
    return new ModelError(
      "command_failed",
      "the shell for the model's command could not be started; check the working directory",
    );
  }
  if (end.exit_code === 0) return null;
  const reason = cleanReason(end.complaint, { env, prompt });
  const how = end.exit_code === null ? "was killed by a signal" : `ended with exit code ${end.exit_code}`;
  const said = reason === "" ? "" : ` It said: ${reason}`;
  return new ModelError("command_failed", `the model's command ${how}; ${nextStep(end.exit_code)}.${said}`);
}

function nextStep(exitCode: number | null): string {
  return exitCode === NOT_FOUND
    ? "check that the program is installed and on the PATH"
    : "run it by hand with a prompt on its stdin to see why";
}
