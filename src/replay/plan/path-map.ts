import { createHash } from "node:crypto";
import { CodeTracerError } from "../../util/errors.ts";
import type { ReplayPlan } from "./plan.ts";

/** A recorded absolute path and the folder within the replay's that stands for it. */
export interface PathMap {
  recorded: string;
  /** Relative to the folder of the replay; "." = itself. */
  within: string;
}

const SYSTEM = /^\/(?:usr|bin|sbin|lib\w*|proc|dev|sys|etc|run)(?:\/|$)/;

/** Reads `--map /app=.`. Throws CodeTracerError `bad_argument`. */
export function parseMap(text: string): PathMap {
  const [, recorded = "", within = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const path = recorded.replace(/(?<=.)\/+$/, "");
  const wrong = (why: string): CodeTracerError =>
    new CodeTracerError(
      "bad_argument",
      `--map ${text}: ${why}; it takes a recorded path and a folder within --workdir, such as /app=. or /data=data`,
    );
  if (recorded === "") throw wrong("there is no = in it");
  if (!/^\/[\w@%+:,./ -]*$/.test(path) || path.split("/").includes(".."))
    throw wrong("the recorded path must be absolute and plain");
  if (path === "/" || SYSTEM.test(path)) throw wrong("the system's own folders cannot be mapped");
  const inner = within.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "") || ".";
  if (!/^[\w@%+:,. -][\w@%+:,./ -]*$/.test(inner) || inner.split("/").includes(".."))
    throw wrong("the folder must lie within --workdir");
  return { recorded: path, within: inner };
}

/** What stands in a script for the folder of the replay, where paths are mapped: it does not occur in the run. */
export function mark(plan: ReplayPlan): string {
  return `@@codetracer-${createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 16)}@@`;
}

/** A text with the recorded paths, where they begin a path, replaced by the mark and what lies below it. */
export function mappedText(text: string, maps: readonly PathMap[], marked: string): string {
  const longestFirst = [...maps].sort((a, b) => b.recorded.length - a.recorded.length);
  return longestFirst.reduce((current, { recorded, within }) => {
    const path = recorded.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(
      `(?<![\\w./@-]|@@)${path}(?![\\w.@-])|(?<=(?:^|\\s)-[A-Za-z])${path}(?![\\w.@-])`,
      "g",
    );
    return current.replace(pattern, () => (within === "." ? marked : `${marked}/${within}`));
  }, text);
}
