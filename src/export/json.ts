/** An escape of JSON.stringify's output; the group is there where it stands for half of a character. */
const ESCAPE = /\\(?:(ud[89a-f][0-9a-f]{2})|[\s\S])/g;

/**
 * A value as JSON text that any decoder of UTF-8 takes: halves of characters, which cut output leaves behind, become U+FFFD.
 * `indent` as for JSON.stringify.
 */
export function toJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes("\\ud") ? text.replace(ESCAPE, (all, half) => (half ? "\ufffd" : all)) : text;
}
