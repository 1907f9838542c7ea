import {
  type Detection,
  type Extractor,
  NOT_MINE,
  type RunFiles,
  type Trajectory,
  UNKNOWN_OUTCOME,
} from "../../src/extract/toolkit/index.ts";
import { readSessions, type Session } from "./sessions.ts";
import { readSteps } from "./steps.ts";

/** CodeTracer's own investigations: what its agent asked for and saw, as `tracer.jsonl` records it. */
export const extractor: Extractor = {
  id: "tracer-journal",
  title: "CodeTracer",
  version: 1,
  fingerprint: {
    files: ["tracer.jsonl", "*.tracer.jsonl"],
    contents: "lines of session_started, model_replied and command_ran",
  },
  detect,
  extract,
  countActions,
};

const STARTED = /^\{"type":"session_started"/;
const RAN = /^\{"type":"command_ran".*\}$/;

function detect(run: RunFiles): Detection {
  const [first = ""] = run.head(fileOf(run)).split("\n", 1);
  const isMine = STARTED.test(first) && first.includes('"codetracer_version":');
  return isMine ? { confidence: 0.98, reason: "starts with a session of CodeTracer" } : NOT_MINE;
}

function extract(run: RunFiles): Trajectory {
  const file = fileOf(run);
  const sessions = readSessions(run, file);
  const { steps, without } = readSteps(file, sessions);
  return {
    task: sessions.find((session) => session.task !== null)?.task ?? null,
    agent: {
      name: "codetracer",
      version: sessions[0]?.version ?? null,
      model:
        sessions.flatMap((session) => session.replies).find((reply) => reply.model !== null)?.model ??
        sessions[0]?.model ??
        null,
    },
    steps,
    outcome: { ...UNKNOWN_OUTCOME, exit_status: sessions.at(-1)?.end ?? null },
    files_used: [file],
    warnings:
      without > 0 && steps.length > 0
        ? [
            {
              message: `${without} of the model's replies led to no command that ran to its end and are no steps`,
              path: file,
            },
          ]
        : [],
    ...(steps.length === 0 ? { empty_reason: emptyReason(sessions) } : {}),
  };
}

/** Commands by how their lines begin and end. null where a session stands twice. */
function countActions(run: RunFiles): number | null {
  const headers = new Set<string>();
  let commands = 0;
  for (const { text } of run.lines(fileOf(run))) {
    if (RAN.test(text)) commands++;
    if (!STARTED.test(text)) continue;
    if (headers.has(text)) return null;
    headers.add(text);
  }
  return commands;
}

function fileOf(run: RunFiles): string {
  return run.focus ?? "tracer.jsonl";
}

function emptyReason(sessions: readonly Session[]): string {
  const replies = sessions.reduce((sum, session) => sum + session.replies.length, 0);
  if (sessions.length === 0) return "The file holds no whole session.";
  if (replies === 0) return "The model never replied, so nothing was run.";
  return "None of the model's replies led to a command that ran to its end.";
}
