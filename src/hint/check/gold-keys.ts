import { asArray, asRecord, asString, type JsonRecord } from "../../util/narrow.ts";
import type { ForbiddenText } from "./forbidden.ts";
import { FORBIDDEN_KEYS, PATCH_KEY } from "./sources.ts";

const NAMES_KEY = Object.keys(FORBIDDEN_KEYS);

/** Whether a JSON text may hold one of the keys: cheap, and never wrong when it says no. */
export function mayHoldKeys(text: string): boolean {
  return NAMES_KEY.some((key) => text.includes(`"${key}"`));
}

/** The forbidden texts that stand under the keys of benchmark records in a JSON or JSON Lines text, once each. What cannot be parsed holds none. */
export function textsUnderKeys(path: string, text: string): ForbiddenText[] {
  const found = new Map<string, ForbiddenText>();
  const open: unknown[] = parsed(text);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const record = asRecord(value);
    if (record) for (const one of textsOf(path, record)) found.set(`${one.kind} ${one.text}`, one);
    for (const inner of record ? Object.values(record) : asArray(value)) {
      if (typeof inner === "object" && inner !== null) open.push(inner);
    }
  }
  return [...found.values()];
}

function parsed(text: string): unknown[] {
  const whole = tryParse(text);
  return whole === undefined
    ? text
        .split("\n")
        .map(tryParse)
        .filter((value) => value !== undefined)
    : [whole];
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function textsOf(path: string, record: JsonRecord): ForbiddenText[] {
  const keys = NAMES_KEY.filter((key) => Object.hasOwn(record, key));
  const texts = keys.flatMap((key): ForbiddenText[] => {
    const how = FORBIDDEN_KEYS[key];
    const text = how?.kind === "names" ? namesOf(record[key]) : asString(record[key]);
    return how && text ? [{ path: `${path} (${key})`, ...how, text }] : [];
  });
  const patch = asString(record[PATCH_KEY]);
  if (keys.length > 0 && patch)
    texts.push({ path: `${path} (${PATCH_KEY})`, kind: "patch", is_gold: true, text: patch });
  return texts;
}

/** Every string of a list, of the JSON of one, or of lists by status, a name a line. */
function namesOf(value: unknown): string {
  const names: string[] = [];
  const open: unknown[] = [typeof value === "string" ? tryParse(value) : value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === "string") names.push(one);
    else open.push(...Object.values(asRecord(one) ?? asArray(one)).reverse());
  }
  return names.join("\n");
}
