import { parseLenient } from "../../../util/json-lenient.ts";
import { asArray, asNumber, asString, at } from "../../../util/narrow.ts";
import { MOST_NAME_CHARS, nameText } from "./cluster-name.ts";

/** The names of a reply that hold, by cluster: printable as they stand, of a fitting length, of a known cluster, and each only once. */
export function readNames(reply: string, ids: readonly number[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const entry of asArray(at(readJson(reply), "names"))) {
    const id = asNumber(at(entry, "cluster_id"));
    const name = (asString(at(entry, "name")) ?? "").trim();
    const isFit = name !== "" && name.length <= MOST_NAME_CHARS && nameText(name) === name;
    const isTaken = [...names.values()].some((other) => other.toLowerCase() === name.toLowerCase());
    if (id !== undefined && ids.includes(id) && !names.has(id) && isFit && !isTaken) names.set(id, name);
  }
  return names;
}

/** The outermost braces: models put fences and words around. */
function readJson(reply: string): unknown {
  const text = reply.slice(reply.indexOf("{"), reply.lastIndexOf("}") + 1);
  try {
    return JSON.parse(text);
  } catch {
    return parseLenient(text);
  }
}
