import {
  type Detection,
  type Extractor,
  NOT_MINE,
  type RunFiles,
  type Trajectory,
} from "../../src/extract/toolkit/index.ts";
import { countActions } from "./count.ts";
import { entriesOf } from "./entries.ts";
import { inputHistoryOf, typedTimes } from "./input-history.ts";
import { SESSION_START, sessionLines } from "./session-lines.ts";
import { agentOf, benchmarkOutcome } from "./settings.ts";
import { stepsOf } from "./steps.ts";
import { type Session, sessionOf } from "./turns.ts";

/** Aider's chat history: Markdown, many sessions one after the other. https://github.com/Aider-AI/aider */
export const extractor: Extractor = {
  id: "aider",
  title: "Aider",
  version: 1,
  fingerprint: {
    files: ["*aider.chat.history*.md"],
    contents: 'sessions that begin with "# aider chat started at" and a time',
  },
  detect,
  extract,
  countActions: (run) => (run.focus === null ? null : countActions(run, run.focus)),
  conversation,
  unescape: (raw) => raw,
  rows: activeSessions,
  claims: (run) => {
    const typed = run.focus === null ? null : inputHistoryOf(run, run.focus);
    return typed === null ? [] : [typed];
  },
};

const START_LINE = new RegExp(SESSION_START.source, "m");

function detect(run: RunFiles): Detection {
  if (run.focus === null || !START_LINE.test(run.head(run.focus, 65_536))) return NOT_MINE;
  return { confidence: 0.9, reason: "a line that says when a chat with Aider started" };
}

/** Where the sessions begin in which something was asked or answered. */
function activeSessions(run: RunFiles): number[] {
  if (run.focus === null) return [];
  const entries = entriesOf([...run.lines(run.focus)]);
  const starts = entries.flatMap(({ writer }, index) => (writer === "session" ? [index] : []));
  return starts.flatMap((start, index) => {
    const { turns, prompts } = sessionOf(entries.slice(start, starts[index + 1]));
    return turns.length > 0 || prompts.length > 0 ? [entries[start]?.line_start ?? 1] : [];
  });
}

/** Counts, hints and settings that Aider prints around the conversation. */
const FRAMING =
  /^(?:# aider chat started at |> (?:Tokens: |You can use |https:|Repo-map|Has it been |\^C|Aider v|.*models?: |Git |Cur |Added |Multiline |Cost ))/i;

function* conversation(run: RunFiles): Generator<string> {
  if (run.focus === null) return;
  for (const { text } of sessionLines(run, run.focus))
    if (!FRAMING.test(text)) yield text.replace(/^(?:####|>) ?/, "");
}

function extract(run: RunFiles): Trajectory {
  const path = run.focus ?? "";
  const lines = sessionLines(run, path);
  const session = sessionOf(entriesOf(lines));
  const typed = inputHistoryOf(run, path);
  const steps = stepsOf(session, path, typedTimes(run, typed, startOf(lines.map(({ text }) => text))));
  const { outcome, files } = benchmarkOutcome(run);
  return {
    task: session.prompts.length > 0 ? session.prompts.join("\n\n---\n\n") : null,
    agent: agentOf(session.opening),
    steps,
    outcome: { ...outcome, exit_status: outcome.exit_status ?? exitOf(session) },
    files_used: [path, ...(typed === null ? [] : [typed]), ...files],
    warnings: [],
    ...(steps.length === 0 ? { empty_reason: emptyReason(session) } : {}),
  };
}

function startOf(lines: readonly string[]): string | null {
  for (const line of lines) {
    const [, day, time] = SESSION_START.exec(line) ?? [];
    if (day !== undefined) return `${day}T${time}`;
  }
  return null;
}

function exitOf({ last }: Session): string | null {
  return last?.text === "^C KeyboardInterrupt" ? "KeyboardInterrupt" : null;
}

function emptyReason({ turns, prompts }: Session): string {
  if (turns.length > 0)
    return "The model answered in prose only: no edit was applied and no command was run.";
  if (prompts.length > 0) return "The model gave no answer in this session.";
  return "Nothing was asked in this history: Aider was opened, or only its own commands were used.";
}
