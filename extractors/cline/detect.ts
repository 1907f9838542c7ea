import { type Detection, NOT_MINE, type RunFiles } from "../../src/extract/toolkit/index.ts";
import { DIRECTORY_GLOBS, headOf, isSession, MARKS, sourceOf } from "./source.ts";

/** Looks at the head of the conversation, else at what the side panel showed. */
export function detect(run: RunFiles): Detection {
  const source = sourceOf(run);
  if (source === null) return run.focus === null ? withoutContents(run) : NOT_MINE;
  const head = headOf(run, source);
  if (source.form === "panel") return { confidence: 0.8, reason: "entries of the side panel (say, ask)" };
  if (isSession(head)) return { confidence: 0.9, reason: "a session with version, sessionId and messages" };
  if (MARKS.test(head)) return { confidence: 0.95, reason: "messages with Cline's own marks" };
  if (run.focus !== null) return NOT_MINE;
  return { confidence: 0.8, reason: "named like Cline's conversation, with messages" };
}

function withoutContents(run: RunFiles): Detection {
  const named = DIRECTORY_GLOBS.filter((name) => run.has(name));
  if (named.some((name) => run.size(name) === 0 || run.isLfsPointer(name)))
    return { confidence: 0.5, reason: "named like Cline's conversation, but its contents are not here" };
  if (named.some((name) => /^\s*\[\s*\]\s*$/.test(run.head(name))))
    return { confidence: 0.5, reason: "named like Cline's conversation, with no message in it" };
  return NOT_MINE;
}
