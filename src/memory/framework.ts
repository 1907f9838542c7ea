import path from "node:path";
import type { ExtractionFile } from "../trajectory/extraction.ts";
import { slug } from "./clean-text.ts";

const MAX_CHARS = 60;

/**
 * What runs share a memory by: the extractor, and the agent where it has another name. The extractor's id is ours, so that a run cannot give itself out
 * for one of another framework.
 */
export function frameworkOf({ extractor, agent }: Pick<ExtractionFile, "extractor" | "agent">): string {
  const name = slug(agent.name ?? "", MAX_CHARS);
  return name === "" || name === extractor.id ? extractor.id : `${extractor.id}.${name}`;
}

/** The file that holds the memory of a framework, whatever its name: below the folder in any case. */
export function memoryFile(folder: string, framework: string): string {
  const parts = framework.split(".").map((part) => slug(part, MAX_CHARS));
  return path.join(folder, `${parts.filter((part) => part !== "").join(".") || "unnamed"}.jsonl`);
}
