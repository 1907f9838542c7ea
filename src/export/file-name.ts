import { createHash } from "node:crypto";

const MAX_SEGMENT = 120;

/**
 * A run's id as a path that is safe below any folder: segments of letters, digits, dots, dashes and underscores, none hidden, none
 * that leads upwards, none too long. An id that had to be changed gets the beginning of its digest, so that no two runs share a file.
 */
export function fileName(runId: string): string {
  const segments = runId.split(/[\\/]+/).filter((segment) => segment !== "");
  const safe = segments.map((segment) =>
    segment
      .replace(/[^\p{L}\p{N}._-]/gu, "_")
      .replace(/^\.+/, "_")
      .replace(/\.+$/, "_")
      .slice(0, MAX_SEGMENT),
  );
  const path = safe.join("/");
  if (path === runId && path !== "") return path;
  const digest = createHash("sha256").update(runId).digest("hex").slice(0, 8);
  return path === "" ? `run-${digest}` : `${path}-${digest}`;
}
