import fs from "node:fs";
import path from "node:path";
import { CodeTracerError, messageOf } from "../util/errors.ts";
import { defined } from "../util/narrow.ts";
import { VERSION } from "../util/version.ts";
import { checkedText } from "./checks.ts";
import { EventWriter } from "./event-writer.ts";
import { LOG_FILE, LOG_FORMAT, SHELLS_OFF_FILE, TRAJECTORY_FILE } from "./events.ts";
import { LogFile } from "./log-file.ts";
import { Recorder } from "./recorder.ts";
import { writeTrajectory } from "./recover.ts";
import type { RecorderOptions } from "./types.ts";

/**
 * Opens a recording and adds a session to its log. A folder that holds one already is left alone: `<folder>-2` is made, or `-3`, …;
 * `continue` goes on in it, and `env` joins that of `codetracer record`. Throws CodeTracerError.
 */
export function openRecorder(folder: string, options: RecorderOptions): Recorder {
  const joined = options.env?.CODETRACER_RECORD;
  if (joined === undefined || joined === "") return open(folder, options, { by: "library" });
  const recorder = open(joined, { ...options, continue: true }, { by: "library", isJoined: true });
  fs.writeFileSync(path.join(joined, SHELLS_OFF_FILE), "");
  return recorder;
}

/** Who opens a recording. */
interface Origin {
  by: "library" | "command";
  isJoined?: boolean;
  command?: string;
}

/** `openRecorder` for `codetracer record`, which names the command that it runs. Throws CodeTracerError. */
export function openCommandRecorder(folder: string, options: RecorderOptions, command: string): Recorder {
  return open(folder, options, { by: "command", command });
}

function open(folder: string, options: RecorderOptions, { by, isJoined, command }: Origin): Recorder {
  const { agent, task, fsync = false, redact = true, now = Date.now } = options;
  const name = checkedText("agent.name", agent.name);
  const opened =
    options.continue === true ? existing(folder, fsync, isJoined === true) : fresh(folder, fsync);
  const writer = new EventWriter(opened.log, { redact, now });
  writer.append({
    type: "session_started",
    format: LOG_FORMAT,
    schema: 1,
    at: writer.at(),
    session_id: writer.session_id,
    by,
    recorder_version: VERSION,
    agent: { name, version: agent.version ?? null, model: agent.model ?? null },
    redacted: redact,
    ...writer.clean({ task: task ?? null, ...defined({ command }) }),
  });
  return new Recorder(opened.folder, writer, () =>
    isJoined === true ? null : writeTrajectory(opened.folder),
  );
}

interface Opened {
  folder: string;
  log: LogFile;
}

function existing(folder: string, fsync: boolean, isJoined: boolean): Opened {
  const file = path.join(folder, LOG_FILE);
  if (!fs.existsSync(file) && (isJoined || fs.existsSync(path.join(folder, TRAJECTORY_FILE))))
    throw new CodeTracerError(
      "run_not_found",
      `${folder} holds no ${LOG_FILE} to go on with: name a folder that was recorded to, or a new one`,
      { path: folder },
    );
  return fs.existsSync(file) ? { folder, log: LogFile.open(file, fsync) } : fresh(folder, fsync);
}

function fresh(wanted: string, fsync: boolean): Opened {
  for (let count = 1; ; count++) {
    const folder = count === 1 ? wanted : `${path.resolve(wanted)}-${count}`;
    makeFolder(folder);
    // A trajectory.json that is not ours would be overwritten at the end.
    const isTaken = fs.existsSync(path.join(folder, TRAJECTORY_FILE));
    const log = isTaken ? null : LogFile.create(path.join(folder, LOG_FILE), fsync);
    if (log) return { folder, log };
  }
}

function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new CodeTracerError(
      "unreadable",
      `${folder}: a recording cannot be made there (${messageOf(error)}); choose another folder`,
      { path: folder, cause: error },
    );
  }
}
