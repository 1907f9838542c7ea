import type { RunFiles } from "../../run/run-files.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import { castLines, stripTerminal } from "../toolkit/cast.ts";

/** What texts of one kind have in common: where they stand in their records. */
export interface Kind {
  /** Lines that are no JSON: they may hold calls and answers in one. */
  isPlain: boolean;
  /** The name of the record that the text stands in, from the file down to what it says about itself. */
  record: string;
  /** Keys from the record down, with what the records say about themselves: `{assistant}.content[].{text}.text`. */
  name: string;
  parts: Map<string, Kind>;
}

/** One text of the raw files: a string in JSON, or a line of anything else. */
export interface RawText {
  text: string;
  kind: Kind;
  /** Counts the texts from 0, in the order of the files. */
  order: number;
  /** The nearest call id that a record around the text holds. */
  callId: string | null;
  /** Counts the records: texts of one number are members of one. */
  record: number;
  /** JSON within a string: what it holds comes as texts of its own. */
  isJson: boolean;
}

/** Texts by their kind, each in their order. */
export function byKind<T extends { kind: Kind }>(texts: readonly T[]): Map<Kind, T[]> {
  const kinds = new Map<Kind, T[]>();
  for (const text of texts) {
    const known = kinds.get(text.kind);
    if (known) known.push(text);
    else kinds.set(text.kind, [text]);
  }
  return kinds;
}

/** Larger files that are one JSON value are not parsed once more. */
const MAX_WHOLE_BYTES = 64 << 20;

const MAX_DEPTH = 100;

/** Plain lines are taken together up to about this length. */
const MAX_PLAIN_CHARS = 48 << 10;

/** Keys by which records say what they are. */
const NAMING = ["type", "role", "kind", "source", "event"];
const MAX_NAME_CHARS = 40;

/** What the records around a text say about it. */
interface Scope {
  callId: string | null;
  record: number;
}

type See = (text: RawText) => void;

/** Every text of the raw conversation, with no knowledge of the format: in the order in which it stands there. */
export class RawTexts {
  readonly #root: Kind = { isPlain: false, record: "", name: "", parts: new Map() };
  readonly #line: Kind = { isPlain: true, record: "line", name: "line", parts: new Map() };
  readonly #callIds: ReadonlySet<string>;
  #order = 0;
  #records = 0;

  constructor(trajectory: Trajectory) {
    this.#callIds = new Set(trajectory.steps.flatMap((step) => step.tool_call_id ?? []));
  }

  /** Visits every text of the conversation, or of the files where that is not told apart. */
  visit(conversation: Iterable<string> | undefined, run: RunFiles, files: readonly string[], see: See): void {
    if (conversation) for (const line of conversation) this.#visitLine(line, see);
    else if (run.row !== null && run.focus !== null)
      this.#visitLine(run.lineAt(run.focus, run.row) ?? "", see);
    else for (const file of files) if (run.has(file)) this.#visitFile(run, file, see);
  }

  #visitFile(run: RunFiles, file: string, see: See): void {
    if (file.endsWith(".cast")) {
      for (const { text } of castLines(run, file)) this.#visitLine(stripTerminal(text), see);
      return;
    }
    const head = run.head(file, 4096).trimStart();
    const isWhole = /^[[{]/.test(head) && !isRecord(head.split("\n", 1)[0] ?? "");
    const value = isWhole && run.size(file) <= MAX_WHOLE_BYTES ? parsed(run.text(file)) : undefined;
    if (value !== undefined) this.#visitValue(value, this.#root, this.#top(), 0, see);
    else this.#visitLines(run, file, see);
  }

  /** Lines that are no JSON are one text together: what they say may run over their ends. */
  #visitLines(run: RunFiles, file: string, see: See): void {
    let plain = "";
    const flush = (): void => {
      if (plain !== "") this.#see(plain, this.#line, this.#top(), false, see);
      plain = "";
    };
    for (const { text } of run.lines(file)) {
      if (isJsonLike(text) || plain.length > MAX_PLAIN_CHARS) flush();
      if (isJsonLike(text)) this.#visitLine(text, see);
      else plain += `${text}\n`;
    }
    flush();
  }

  #visitLine(line: string, see: See): void {
    const value = isJsonLike(line) ? readLine(line) : undefined;
    if (value !== undefined) this.#visitValue(value, this.#root, this.#top(), 0, see);
    else this.#see(line, this.#line, this.#top(), false, see);
  }

  #visitValue(value: unknown, kind: Kind, scope: Scope, depth: number, see: See): void {
    if (depth > MAX_DEPTH) return;
    if (typeof value === "string") {
      const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
      this.#see(value, kind, scope, inner !== undefined, see);
      if (inner !== undefined) this.#visitValue(inner, part(kind, "»"), scope, depth + 1, see);
    } else if (Array.isArray(value)) {
      const element = part(kind, "[]");
      for (const item of value) this.#visitValue(item, element, scope, depth + 1, see);
    } else if (typeof value === "object" && value !== null) {
      this.#visitRecord(value as Readonly<Record<string, unknown>>, kind, scope, depth, see);
    }
  }

  #visitRecord(
    record: Readonly<Record<string, unknown>>,
    kind: Kind,
    outer: Scope,
    depth: number,
    see: See,
  ): void {
    let own = kind;
    for (const key of NAMING) if (isName(record[key])) own = part(own, `{${record[key]}}`);
    const scope = { callId: outer.callId, record: this.#records++ };
    for (const key in record) {
      const id = record[key];
      if (typeof id === "string" && this.#callIds.has(id)) scope.callId = id;
    }
    for (const key in record)
      if (!NAMING.includes(key) || !isName(record[key]))
        this.#visitValue(record[key], part(own, `.${key}`), scope, depth + 1, see);
  }

  #see(text: string, kind: Kind, { callId, record }: Scope, isJson: boolean, see: See): void {
    see({ text, kind, order: this.#order++, callId, record, isJson });
  }

  #top(): Scope {
    return { callId: null, record: this.#records++ };
  }
}

/** What a record calls itself, rather than something that it says. */
function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_NAME_CHARS;
}

/** Whether a line begins as JSON does. */
export function isJsonLike(line: string): boolean {
  const first = line.charCodeAt(0);
  return first === 0x7b || first === 0x5b || first === 0x22;
}

function part(kind: Kind, name: string): Kind {
  const known = kind.parts.get(name);
  if (known) return known;
  const record = name.startsWith("{") && !kind.record.includes("{") ? kind.name + name : kind.record;
  const made = { isPlain: false, record, name: kind.name + name, parts: new Map() };
  kind.parts.set(name, made);
  return made;
}

/** A line as JSON; one that was cut off behind a member of its record, or is still escaped, counts too. */
function readLine(line: string): unknown {
  const value = parsed(line) ?? parsed(`${line}}`);
  if (value !== undefined) return value;
  const unescaped = parsed(`"${line}"`);
  return typeof unescaped === "string" ? (parsed(unescaped) ?? parsed(`${unescaped}}`)) : undefined;
}

function isRecord(line: string): boolean {
  return parsed(line) !== undefined;
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
