import type { z } from "zod";
import type { RunFiles } from "../../run/run-files.ts";
import { type Trajectory, TrajectorySchema } from "../../trajectory/trajectory.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { asNumber, asRecord, asString } from "../../util/narrow.ts";
import { visibleText } from "../../util/visible-text.ts";
import type { Detection } from "../extractor.ts";
import { checkPlaces } from "./check-places.ts";
import { jsonShape } from "./json-shape.ts";

const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 100;
const MAX_COMPLAINTS = 3;
const MAX_SENTENCE_CHARS = 200;
/** From 0.9 on the contents prove a format. A learned extractor never outranks a built-in one that has such a proof. */
const MAX_CONFIDENCE = 0.89;
const PLAIN_REASON = "a learned extractor recognises it";

/** The trajectory that a guest returned, checked for shape and for places that are there. Throws `bad_extractor`. */
export function parseTrajectory(json: string, run: RunFiles): Trajectory {
  const { values, depth } = jsonShape(json);
  if (values > MAX_VALUES)
    throw bad(`extract returned more than ${MAX_VALUES} values; return each text as one string`);
  if (depth > MAX_DEPTH)
    throw bad(`extract returned values nested deeper than ${MAX_DEPTH}; keep deep arguments as JSON text`);
  const parsed = TrajectorySchema.safeParse(JSON.parse(json));
  if (!parsed.success) throw bad(`extract returned no trajectory: ${complaints(parsed.error)}`);
  const trajectory = parsed.data;
  checkPlaces(trajectory, run);
  return { ...trajectory, ...cleanSentences(trajectory) };
}

/** What a guest's `detect` returned. Its reason is kept only where it stands in the source: another one may quote the run. */
export function parseDetection(json: string, source: string): Detection {
  const { values, depth } = jsonShape(json);
  const record = values < 100 && depth < 10 ? asRecord(JSON.parse(json)) : undefined;
  const confidence = asNumber(record?.confidence);
  if (confidence === undefined || confidence < 0 || confidence > 1)
    throw bad('detect returned no confidence; return { confidence: 0 to 1, reason: "…" }');
  const reason = asString(record?.reason) ?? "";
  const isOwn = reason.length >= 3 && reason.length <= 100 && source.includes(reason);
  const sure = Math.min(confidence, MAX_CONFIDENCE);
  return { confidence: sure, reason: isOwn ? sentence(reason) : PLAIN_REASON };
}

function cleanSentences({ warnings, empty_reason }: Trajectory): Partial<Trajectory> {
  return {
    warnings: warnings.map((warning) => ({ ...warning, message: sentence(warning.message) })),
    ...(empty_reason === undefined ? {} : { empty_reason: sentence(empty_reason) }),
  };
}

function sentence(text: string): string {
  const line = visibleText(text).replace(/\s+/g, " ").trim();
  return line.length > MAX_SENTENCE_CHARS ? `${line.slice(0, MAX_SENTENCE_CHARS)}…` : line;
}

/** Where the shape is wrong and what was expected; nothing of what stands there. */
function complaints({ issues }: z.ZodError): string {
  const shown = issues.slice(0, MAX_COMPLAINTS).map((issue) => `${placeOf(issue.path)}: ${issue.message}`);
  const more = issues.length - shown.length;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return parts.join("").replace(/^\./, "") || "the result";
}

function bad(message: string): CodeTracerError {
  return new CodeTracerError("bad_extractor", message);
}
