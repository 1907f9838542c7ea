import {
  asArray,
  asNumber,
  asRecord,
  CodeTracerError,
  elementLines,
  type JsonRecord,
  type LineSpan,
  type Ref,
  type RunFiles,
} from "../../src/extract/toolkit/index.ts";
import { cutElements } from "../_traj/cut-elements.ts";
import { formOf, sampleRows, samplesOf, sampleTextAt } from "./source.ts";

/** A value of a sample and where it stands. */
export interface Placed {
  value: JsonRecord;
  ref: Ref | null;
}

/** One sample of a log, however it is stored. */
export interface Sample {
  record: JsonRecord;
  messages: readonly Placed[];
  events: readonly Placed[];
  /** Long texts that stand elsewhere in the sample, by what refers to them. */
  attachments: ReadonlyMap<string, string>;
  files_used: string[];
}

/** Reads the sample that a run is. Throws CodeTracerError `bad_json` where nothing of it can be read. */
export function readSample(run: RunFiles): Sample | null {
  if (run.focus === null) return run.has("sample.json") ? readChunked(run) : null;
  if (formOf(run, run.focus) === "log") return readRow(run, run.focus);
  return readText(run, run.focus, run.text(run.focus), 1, () => run.json(run.focus ?? ""));
}

function readRow(run: RunFiles, path: string): Sample | null {
  const rows = run.row === null ? sampleRows(run, path) : [];
  const row = run.row ?? rows[0];
  if (row === undefined) return null;
  const text = sampleTextAt(run, path, row);
  if (text !== null)
    return readText(
      run,
      path,
      text,
      row,
      () => samplesOf(run.json(path))[sampleRows(run, path).indexOf(row)],
    );
  const record = asRecord(samplesOf(run.json(path))[row - 1]);
  if (!record) return null;
  const whole = { path, line_start: 1, line_end: 1 };
  const placed = (list: unknown): Placed[] => records(list).map((value) => ({ value, ref: whole }));
  return fromRecord(record, path, placed(record.messages), placed(record.events));
}

/** A sample's own text, which begins on a line of the file. `otherwise` reads what is no strict JSON. */
function readText(run: RunFiles, path: string, text: string, line: number, otherwise: () => unknown): Sample {
  const record = asRecord(parsedOr(text, otherwise));
  if (!record) return salvaged(run, path, text, line);
  const placed = (key: string): Placed[] =>
    place(asArray(record[key]), elementLines(text, [key]), path, line);
  return fromRecord(record, path, placed("messages"), placed("events"));
}

function parsedOr(text: string, otherwise: () => unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return otherwise();
    } catch (error) {
      if (error instanceof CodeTracerError && error.code === "bad_json") return undefined;
      throw error;
    }
  }
}

/** Of a sample that is cut off, the whole messages. */
function salvaged(run: RunFiles, path: string, text: string, line: number): Sample {
  const at = /"messages"\s*:\s*\[/.exec(text);
  if (!at)
    throw new CodeTracerError(
      "bad_json",
      `${path}: not valid JSON, and no list of messages in it; fetch it again`,
      {
        path,
        line,
      },
    );
  const { elements, spans } = cutElements(text, at.index + at[0].length - 1);
  const messages = place(elements, spans, path, line);
  run.report({ message: `the sample is not whole: ${messages.length} messages were read`, path, line });
  return fromRecord({}, path, messages, []);
}

function place(list: readonly unknown[], spans: readonly LineSpan[], path: string, line: number): Placed[] {
  const placed: Placed[] = [];
  for (const [index, element] of list.entries()) {
    const value = asRecord(element);
    const span = spans[index];
    if (!value) continue;
    const ref = span && { path, line_start: span.line_start + line - 1, line_end: span.line_end + line - 1 };
    placed.push({ value, ref: ref ?? null });
  }
  return placed;
}

function fromRecord(record: JsonRecord, path: string, messages: Placed[], events: Placed[]): Sample {
  const old = asRecord(record.transcript);
  const attachments = asRecord(record.attachments) ?? asRecord(old?.content) ?? {};
  const texts = Object.entries(attachments).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const oldEvents = events.length > 0 ? [] : records(old?.events).map((value) => ({ value, ref: null }));
  return {
    record,
    messages,
    events: [...events, ...oldEvents],
    attachments: new Map(texts),
    files_used: [path],
  };
}

/** A sample in pieces: `sample.json` names ranges of the messages, which lie in `messages/<first index>.json`. */
function readChunked(run: RunFiles): Sample {
  const record = asRecord(run.json("sample.json")) ?? {};
  const pool = chunks(run, "messages");
  const messages = asArray(record.message_refs).flatMap((range) => {
    const [from, to] = asArray(range).map(asNumber);
    return from === undefined ? [] : pool.slice(from, to);
  });
  const attachments = run.list("attachments/*.json").flatMap((path) => asArray(run.tryJson(path)));
  const texts = attachments.map((text, index): [string, string] => [String(index), String(text)]);
  return {
    record,
    messages: record.message_refs === undefined ? pool : messages,
    events: chunks(run, "events"),
    attachments: new Map(texts),
    files_used: ["sample.json", ...run.list("messages/*.json")],
  };
}

function chunks(run: RunFiles, folder: string): Placed[] {
  return run
    .list(`${folder}/*.json`)
    .filter((path) => /\/\d+\.json$/.test(path))
    .flatMap((path) => {
      const list = asArray(run.tryJson(path));
      return place(list, list.length > 0 ? elementLines(run.text(path), []) : [], path, 1);
    });
}

function records(list: unknown): JsonRecord[] {
  return asArray(list)
    .map(asRecord)
    .filter((record) => record !== undefined);
}
