import { createHash } from "node:crypto";
import type { ExportRun } from "./types.ts";

const digests = new WeakMap<object, string>();

/**
 * A digest that names a run: over the digest of its raw files and over its steps, so that several runs in one file differ. Every id
 * of an export is derived from it: exporting again gives the same ids.
 */
export function runDigest({ workspace }: ExportRun): string {
  const known = digests.get(workspace);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(workspace.extraction.input_digest);
  for (const { step_id, action, observation } of workspace.steps)
    hash.update(JSON.stringify([step_id, action, observation]));
  const digest = hash.digest("hex");
  digests.set(workspace, digest);
  return digest;
}

/** 16 bytes in hexadecimal, as OpenTelemetry names traces. */
export function traceId(run: ExportRun, what = "run"): string {
  return derived(run, "trace", what).slice(0, 32);
}

/** 8 bytes in hexadecimal, as OpenTelemetry names spans. `what` tells the spans of a run apart. */
export function spanId(run: ExportRun, ...what: readonly (string | number)[]): string {
  return derived(run, "span", ...what).slice(0, 16);
}

/** A UUID (version 8, RFC 9562: the bits are ours). */
export function uuid(run: ExportRun, ...what: readonly (string | number)[]): string {
  const hex = derived(run, "uuid", ...what);
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}

function derived(run: ExportRun, ...what: readonly (string | number)[]): string {
  return createHash("sha256")
    .update(JSON.stringify([runDigest(run), ...what]))
    .digest("hex");
}
