import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../util/errors.ts";
import { asCount, asRecord, asString } from "../util/narrow.ts";
import type { ChatReply, ChatRequest } from "./model.ts";
import { readJson } from "./read-json.ts";
import { readReply } from "./scripted-reply.ts";

/** What a folder of recorded replies says of itself. */
export interface RecordingHead {
  /** The model that replied. */
  spec: string;
  context_tokens: number | null;
}

const HEAD = "recording.json";

/** Of what a model is asked: the messages and the limit of the reply. */
export function requestDigest({ messages, max_output_tokens }: ChatRequest): string {
  const asked = { messages: messages.map(({ role, text }) => [role, text]), max_output_tokens };
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}

/** Reads what a folder says of itself; null where it is no recording. Throws CodeTracerError `bad_json` or `unreadable`. */
export function readHead(folder: string): RecordingHead | null {
  const record = asRecord(readIfThere(path.join(folder, HEAD)));
  const spec = asString(record?.spec);
  return spec === undefined ? null : { spec, context_tokens: asCount(record?.context_tokens) ?? null };
}

/** Makes a folder a recording of this model, or goes on with one. Throws CodeTracerError `bad_argument` where it is one of another model. */
export function openRecording(folder: string, head: RecordingHead): void {
  const known = readHead(folder);
  if (known !== null && known.spec !== head.spec) {
    const what = `${folder} holds replies of another model (${known.spec}); record to another folder`;
    throw new CodeTracerError("bad_argument", what, { path: folder });
  }
  if (known !== null) return;
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const what = `replies cannot be recorded in ${folder}: it cannot be made; name another folder`;
    throw new CodeTracerError("unreadable", what, { path: folder, cause });
  }
  const temporary = writeTemporary(folder, { version: 1, ...head });
  fs.renameSync(temporary, path.join(folder, HEAD));
}

/** Adds a reply. Asked again, the same gets files of its own, numbered in the order in which the replies came. */
export function addReply(folder: string, digest: string, reply: ChatReply): void {
  const temporary = writeTemporary(folder, { request: digest, reply });
  for (let repetition = 1; ; repetition++) {
    if (placeAt(temporary, replyFile(folder, digest, repetition))) return;
  }
}

/** Reads the reply of a repetition, from 1; null where there is none. Throws CodeTracerError `bad_json` or `unreadable`. */
export function readRecorded(folder: string, digest: string, repetition: number): ChatReply | null {
  const file = replyFile(folder, digest, repetition);
  const record = asRecord(readIfThere(file));
  if (record === undefined) return null;
  const reply = readReply(record.reply);
  if (reply !== null) return reply;
  throw new CodeTracerError("bad_json", `${file} holds no reply; record it again`, { path: file });
}

function replyFile(folder: string, digest: string, repetition: number): string {
  return path.join(folder, repetition === 1 ? `${digest}.json` : `${digest}.${repetition}.json`);
}

function readIfThere(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CodeTracerError("unreadable", `${file} cannot be read`, { path: file, cause });
  }
  return readJson(text, file);
}

function writeTemporary(folder: string, content: unknown): string {
  const file = path.join(folder, `.${randomUUID()}.tmp`);
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

/** Moves a whole file to where nothing may be yet; false where something is, of another process for one. */
function placeAt(temporary: string, file: string): boolean {
  try {
    fs.linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || fs.existsSync(file)) return false;
    // A file system without hard links.
    fs.renameSync(temporary, file);
    return true;
  }
  fs.unlinkSync(temporary);
  return true;
}
