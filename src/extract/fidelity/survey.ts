import type { RunFiles } from "../../run/run-files.ts";
import type { Trajectory } from "../../trajectory/trajectory.ts";
import { unescapeJson } from "../../util/unescape-json.ts";
import type { Extractor } from "../extractor.ts";
import { clip } from "./grams.ts";
import { isProse } from "./is-prose.ts";
import { locateInTurn } from "./locate.ts";
import { type Kind, type RawText, RawTexts } from "./raw-texts.ts";
import { type Field, type Found, type Place, TextIndex } from "./text-index.ts";

/** A text of the raw files and how it stands in the steps. */
export interface SurveyedText {
  text: string;
  order: number;
  /** The record that it is a member of. */
  record: number;
  kind: Kind;
  /** The step whose call id stands in a record around the text, from 0; null where there is none. */
  callStep: number | null;
  owner: Place | null;
  /** The steps whose calls it holds a good part of. */
  calls: readonly number[];
  /** Places at which it was compared, and how many of them stand in some step. Too short to tell: 0 and 0. */
  samples: number;
  known: number;
  /** Its beginning stands in a step, its end in none; null where it is too short to say. */
  isCut: boolean | null;
  /** Another text of its kind says the same. */
  isRepeated: boolean;
  /** Running text, long enough to be compared. */
  isProse: boolean;
}

/** The raw conversation, text by text, beside the steps. */
export interface Survey {
  texts: readonly SurveyedText[];
  /** Where each step's call stands among the texts; undefined where it was not found. */
  callOrders: readonly (number | undefined)[];
  /** Steps whose call was found, but before the call of the step before. */
  outOfOrder: ReadonlySet<number>;
  /** The kinds of texts that a good part of the calls stand in first. */
  callKinds: ReadonlySet<Kind>;
  /** The kinds of texts that are read, with the field that most of them stand in. */
  fields: ReadonlyMap<Kind, Field>;
  /** The same, for the kinds of which that field holds a good part. */
  firmFields: ReadonlyMap<Kind, Field>;
  index: TextIndex;
}

/** Of texts from this length on, the second half is looked for apart. */
const LONG_CHARS = 1000;
const WINDOW_CHARS = 200;
/** A record may frame a text: the first and last characters may be no part of it. */
const FRAME_CHARS = 60;
/** Raw lines are looked through in pieces of this length. */
const PIECE_CHARS = 32 << 10;

/** A kind of text is where calls stand if it is the first to hold this share of them. */
const MIN_CALLS = 0.2;

/** Reads the raw conversation once more, with no knowledge of its format, and finds its texts in the steps. */
export function surveyRun(extractor: Extractor, run: RunFiles, trajectory: Trajectory): Survey {
  const { steps } = trajectory;
  const index = new TextIndex(trajectory);
  const stepOfCall = new Map(steps.map((step, at) => [step.tool_call_id, at]));
  const seen = new Map<Kind, Set<string>>();
  const texts: SurveyedText[] = [];
  const see = ({ text, kind, order, record, callId, isJson }: RawText): void => {
    if (text.trim() === "") return;
    const callStep = callId === null ? null : (stepOfCall.get(callId) ?? null);
    const found = index.find(text);
    if (isJson && !(found && found.known * 2 >= found.samples)) return;
    const ofKind = seen.get(kind) ?? new Set();
    const beginning = text.slice(0, 500);
    texts.push({
      text,
      order,
      record,
      kind,
      callStep,
      owner: found?.owner ?? null,
      calls: found?.calls ?? [],
      samples: found?.samples ?? 0,
      known: found?.known ?? 0,
      isCut: found === null ? null : isCut(text, index),
      isRepeated: ofKind.has(beginning),
      isProse: found !== null && found.samples > 0 && isProse(text),
    });
    seen.set(kind, ofKind.add(beginning));
  };
  const raw = new RawTexts(trajectory);
  raw.visit(extractor.conversation?.(run, trajectory.files_used), run, trajectory.files_used, see);
  // Telling the conversation apart may fail where reading it does not.
  if (texts.length === 0 && extractor.conversation) raw.visit(undefined, run, trajectory.files_used, see);
  if (steps.some((step) => index.shareSeen(step.observation ?? "") === 0)) seeLines(run, trajectory, index);
  const { fields, firmFields } = fieldsOfKinds(texts);
  const idOrders: (number | undefined)[] = steps.map(() => undefined);
  const idKinds = new Set<Kind>();
  for (const { callStep, order, kind } of texts) {
    if (callStep === null || fields.get(kind) === "observation" || idOrders[callStep] !== undefined) continue;
    idOrders[callStep] = order;
    idKinds.add(kind);
  }
  const hasIds = idOrders.some((order) => order !== undefined);
  const inTurn = hasIds ? null : locateInTurn(steps, texts);
  const { callKinds, textOrders } = callsIn(steps.length, texts);
  return {
    texts,
    callOrders: hasIds ? idOrders : (inTurn?.orders ?? textOrders),
    outOfOrder: inTurn?.outOfOrder ?? new Set(),
    callKinds: new Set([...callKinds, ...idKinds]),
    fields,
    firmFields,
    index,
  };
}

/** Observations may be raw JSON as it stands, or come from beside the conversation. */
function seeLines(run: RunFiles, { files_used }: Trajectory, index: TextIndex): void {
  const files = run.row === null ? files_used.filter((file) => run.has(file)) : [];
  const lines = files.flatMap((file) => (file.endsWith(".cast") ? [] : [run.lines(file)]));
  const see = (text: string): void => {
    for (let from = 0; from < text.length; from += PIECE_CHARS) {
      const piece = text.slice(from, from + PIECE_CHARS);
      index.find(piece);
      if (piece.includes("\\")) index.find(unescapeJson(piece));
    }
  };
  if (run.row !== null && run.focus !== null) see(run.lineAt(run.focus, run.row) ?? "");
  for (const file of lines) for (const { text } of file) see(text);
}

function callsIn(
  steps: number,
  texts: readonly SurveyedText[],
): { callKinds: Set<Kind>; textOrders: (number | undefined)[] } {
  const textOrders: (number | undefined)[] = Array.from({ length: steps });
  const firsts = new Map<Kind, number>();
  for (const { kind, order, calls } of texts) {
    for (const step of calls) {
      if (textOrders[step] !== undefined) continue;
      textOrders[step] = order;
      firsts.set(kind, (firsts.get(kind) ?? 0) + 1);
    }
  }
  const found = textOrders.filter((order) => order !== undefined).length;
  const kinds = [...firsts].filter(([, count]) => count >= found * MIN_CALLS).map(([kind]) => kind);
  return { callKinds: new Set(kinds), textOrders };
}

/** Whether most of a text stands in some step. */
export function isFound({ samples, known }: SurveyedText): boolean {
  return samples > 0 && known * 2 >= samples;
}

/** Whether a text begins in a step, and most of its second half stands in none. */
function isCut(whole: string, index: TextIndex): boolean | null {
  if (whole.length < LONG_CHARS) return null;
  const text = clip(whole);
  const window = (from: number): Found | null => index.find(text.slice(from, from + WINDOW_CHARS));
  const head = window(FRAME_CHARS);
  if (head === null || head.known * 2 < head.samples) return null;
  const later = [text.length * 0.55, text.length * 0.75, text.length - FRAME_CHARS - WINDOW_CHARS]
    .map(window)
    .filter((found) => found !== null);
  return (
    later.length > 0 && later.filter((found) => found.known * 5 < found.samples).length * 2 > later.length
  );
}

/** A kind belongs firmly to the field that alone holds this share of its texts. */
const MIN_OWNED = 0.25;

function fieldsOfKinds(texts: readonly SurveyedText[]): Record<"fields" | "firmFields", Map<Kind, Field>> {
  const votes = new Map<Kind, { all: number; firm: number; fields: Map<Field, number> }>();
  for (const { kind, owner, samples, known } of texts) {
    const vote = votes.get(kind) ?? { all: 0, firm: 0, fields: new Map<Field, number>() };
    votes.set(kind, vote);
    if (samples > 0) vote.all++;
    if (owner !== null && known * 3 >= samples) vote.firm++;
    if (owner !== null) vote.fields.set(owner.field, (vote.fields.get(owner.field) ?? 0) + 1);
  }
  const fields = new Map<Kind, Field>();
  const firmFields = new Map<Kind, Field>();
  for (const [kind, vote] of votes) {
    const [most] = [...vote.fields].sort((a, b) => b[1] - a[1]);
    if (!most) continue;
    fields.set(kind, most[0]);
    if (vote.firm >= vote.all * MIN_OWNED) firmFields.set(kind, most[0]);
  }
  return { fields, firmFields };
}
