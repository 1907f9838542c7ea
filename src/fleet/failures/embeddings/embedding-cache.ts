import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { asArray, asRecord, asString } from "../../../util/narrow.ts";

/** Vectors that were made before, by the digest of their text. */
export interface EmbeddingCache {
  get(text: string): number[] | undefined;
  /** Keeps them at once, so that an interrupted job loses nothing that was paid for. */
  add(vectors: readonly (readonly [text: string, vector: number[]])[]): void;
}

/** The cache of one model of one server: a file of lines in a folder, where a broken line is passed over. null = only in memory. */
export function openCache(folder: string | null, source: { model: string; url: string }): EmbeddingCache {
  const known = new Map<string, number[]>();
  const file =
    folder === null
      ? null
      : path.join(folder, `${digest(`${source.url}\n${source.model}`).slice(0, 16)}.jsonl`);
  if (file !== null && fs.existsSync(file)) {
    for (const line of fs.readFileSync(file, "utf8").split("\n")) {
      const [key, vector] = readLine(line);
      if (key !== null) known.set(key, vector);
    }
  }
  return {
    get: (text) => known.get(digest(text)),
    add: (vectors) => {
      const lines = vectors.map(([text, vector]) => {
        known.set(digest(text), vector);
        return `\n${JSON.stringify({ text: digest(text), vector })}\n`;
      });
      if (file === null || lines.length === 0) return;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.appendFileSync(file, lines.join(""));
    },
  };
}

function readLine(line: string): readonly [string | null, number[]] {
  try {
    const entry = asRecord(JSON.parse(line));
    const vector = asArray(entry?.vector).filter((value): value is number => typeof value === "number");
    return [vector.length === 0 ? null : (asString(entry?.text) ?? null), vector];
  } catch {
    return [null, []];
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
