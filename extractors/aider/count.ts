import type { RunFiles } from "../../src/extract/toolkit/index.ts";
import { sessionLines } from "./session-lines.ts";

/**
 * Counts by the marks in the text alone: ends of edit blocks in replies whose edits Aider took up, files it says it
 * edited where a reply has no blocks, commands run, and files added after a reply.
 */
export function countActions(run: RunFiles, path: string): number {
  let count = 0;
  let blocks = 0;
  let taken = false;
  let replied = false;
  let isEcho = false;
  for (const { text } of sessionLines(run, path)) {
    if (isEcho)
      isEcho = !/^Just reply with fixed versions|^> Tokens: |^The (?:SEARCH|REPLACE) .* {2}$/.test(text);
    if (isEcho) continue;
    if (/^>{5,9} REPLACE/.test(text)) {
      if (taken) blocks = 0;
      taken = false;
      blocks++;
    } else if (/^> Tokens: /.test(text)) {
      replied = true;
      taken = false;
    } else if (
      /^(?:#### (?!.*\]: (?:all|skip)\s*$)|# aider chat started at |> Processing your request)/.test(text)
    ) {
      replied = false;
      blocks = 0;
    } else if (/^> Running /.test(text)) count += replied ? 1 : 0;
    else if (/^> Add file to the chat\? .*\]: [yad]\s*$/.test(text)) count += replied ? 1 : 0;
    else if (
      /^> (?:Applied edit to |Did not apply edit|Skipping edits|Allow |Create new file\?|The LLM did not conform|# \d+ SEARCH)/.test(
        text,
      )
    ) {
      isEcho = /^> # \d+ SEARCH/.test(text);
      if (!taken) count += blocks;
      if (!taken && blocks === 0 && /^> (?:Applied|Did not)/.test(text)) {
        count++;
        continue;
      }
      blocks = 0;
      taken = true;
    }
  }
  return count;
}
