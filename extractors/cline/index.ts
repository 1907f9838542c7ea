import {
  type Extractor,
  type RunFiles,
  type Step,
  type Trajectory,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import { countActions } from "./count.ts";
import { detect } from "./detect.ts";
import { readConversation } from "./message.ts";
import { readPanel } from "./panel.ts";
import { DIRECTORY_GLOBS, panelBeside, sourceOf } from "./source.ts";
import { ConversationReader } from "./steps.ts";
import { agentOf, taskOf } from "./summary.ts";
import { XML_PARAMETER_PATTERN, XML_TOOL_PATTERN } from "./tools.ts";
import { panelUsage } from "./usage.ts";

/** Cline, Roo Code and their forks: the folder of a task. https://github.com/cline/cline, https://github.com/RooCodeInc/Roo-Code */
export const extractor: Extractor = {
  id: "cline",
  title: "Cline and Roo Code",
  version: 1,
  fingerprint: {
    directories: DIRECTORY_GLOBS,
    files: ["*.messages.json", "*api_conversation_history*.json"],
    contents:
      "a list of messages with tool_use blocks or XML calls and `environment_details`, a session {version, sessionId, messages}, or a list of `say` and `ask` entries",
  },
  detect,
  extract,
  countActions,
  conversation,
};

function extract(run: RunFiles): Trajectory {
  const source = sourceOf(run);
  if (source === null) return trajectoryOf([], [], "The files hold no message.");
  if (source.form === "panel") return fromPanel(run, source.path);
  const conversation = readConversation(run, source.path);
  const reader = new ConversationReader();
  const replies = conversation.messages.filter(({ role }) => role === "assistant").length;
  const requests = panelUsage(run, panelBeside(run, source), replies);
  let reply = 0;
  for (const message of conversation.messages) {
    if (message.role === "user") reader.answer(message);
    else reader.reply(message, requests[reply++]);
  }
  const { unpaired } = reader;
  return {
    ...trajectoryOf(reader.steps, [source.path], "The model called no tool in this task."),
    task: taskOf(conversation),
    agent: agentOf(run, conversation),
    warnings:
      unpaired > 0
        ? [{ message: `${unpaired} results belong to no call that is there`, path: source.path }]
        : [],
  };
}

function fromPanel(run: RunFiles, path: string): Trajectory {
  const { task, steps } = readPanel(run, path);
  const message = "the conversation itself is not here: read from the side panel, which shows less";
  return {
    ...trajectoryOf(steps, [path], "The side panel shows no action."),
    task,
    warnings: [{ message, path }],
  };
}

function trajectoryOf(steps: Step[], files_used: string[], empty_reason: string): Trajectory {
  return {
    task: null,
    agent: { name: "cline", version: null, model: null },
    steps,
    outcome: { ...UNKNOWN_OUTCOME, exit_status: exitStatus(steps) },
    files_used,
    warnings: [],
    ...(steps.length === 0 ? { empty_reason } : {}),
  };
}

/** The agent's own word: it declared the task done with its last call. */
function exitStatus(steps: readonly Step[]): string | null {
  return steps.at(-1)?.tool === "attempt_completion" ? "attempt_completion" : null;
}

/** What stands in the raw lines and is no text of the conversation: what the editor shows, images, the tags of calls. */
const NO_TEXT = [
  /<environment_details>.*?<\/environment_details>/g,
  /data:image[^"]*/g,
  /(?:\\n)?\[Response interrupted by a tool use result\.[^\]"]*\]/g,
  new RegExp(`</?(?:${XML_TOOL_PATTERN}|${XML_PARAMETER_PATTERN}|thinking)>`, "g"),
];

function* conversation(run: RunFiles, files: readonly string[]): Generator<string> {
  for (const file of files)
    for (const { text } of run.lines(file))
      yield NO_TEXT.reduce((rest, pattern) => rest.replace(pattern, ""), text);
}
