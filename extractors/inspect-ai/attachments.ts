const REFERENCE = /attachment:\/\/([0-9a-f]{32}|\d+)/g;

/** Puts attached texts back in their places, at any depth. A reference to nothing stays as it is. */
export function resolved(value: unknown, attachments: ReadonlyMap<string, string>): unknown {
  if (attachments.size === 0) return value;
  if (typeof value === "string") {
    if (!value.includes("attachment://")) return value;
    return value.replace(REFERENCE, (whole, key: string) => attachments.get(key) ?? whole);
  }
  if (Array.isArray(value)) return value.map((element) => resolved(element, attachments));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, attachments)]));
}
