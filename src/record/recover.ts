import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createRedactor } from "../run/redact/index.ts";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { toAtif } from "./atif.ts";
import { LOG_FILE, TRAJECTORY_FILE } from "./events.ts";
import { readLog } from "./read-log.ts";

/** What was written. */
export interface Recovered {
  /** The path of `trajectory.json`. */
  file: string;
  action_count: number;
  /** Shells that were called otherwise than with `-c`. */
  passed_count: number;
  /** Lines of the log that are no event; a kill leaves one at most for each process. */
  broken_lines: number;
}

/**
 * Writes a recording's `trajectory.json` from its log, in place of an earlier one, whole or not at all. Throws CodeTracerError
 * `run_not_found` where the folder holds no log, `unreadable` where it cannot be read or written.
 */
export function writeTrajectory(folder: string): Recovered {
  const { events, broken_lines } = readLog(path.join(folder, LOG_FILE));
  const file = path.join(folder, TRAJECTORY_FILE);
  const keepsSecrets = events.some((event) => event.type === "session_started" && event.redacted === false);
  const atif = toAtif(events);
  // A secret that was recognised late may stand in earlier events too.
  replace(file, keepsSecrets ? atif : createRedactor().deep(atif));
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  return { file, action_count: count("action"), passed_count: count("shell_passed"), broken_lines };
}

function replace(file: string, value: unknown): void {
  const temporary = `${file}.${randomBytes(5).toString("hex")}`;
  try {
    fs.writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw new CodeTracerError(
      "unreadable",
      `${file} cannot be written (${messageOf(error)}); ${LOG_FILE} beside it holds the whole recording and is read as well`,
      { path: file, cause: error },
    );
  }
}
