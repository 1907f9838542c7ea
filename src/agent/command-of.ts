import { type FencedBlock, fencedBlocks, SHELL_TAGS } from "./fenced-blocks.ts";

/** The one command of a reply, or how many it held instead. */
export type FoundCommand = { command: string } | { count: number };

const THOUGHT = /^\s*<(think|thinking)>[\s\S]*?(?:<\/\1>|$)/;
/** Servers whose template opens the thought send its end alone. */
const LONE_END = /^[ \t]*<\/think>[ \t]*$/m;

/** A reply without the thoughts that some servers leave in front of it; as it stands where there are none. */
export function withoutThought(reply: string): string {
  if (THOUGHT.test(reply)) return reply.replace(THOUGHT, "");
  const end = LONE_END.exec(reply);
  if (!end || reply.slice(0, end.index).includes("<think")) return reply;
  return reply.slice(end.index + end[0].length);
}

/** What a model said: without thoughts, with `\n` line ends. */
export function spoken(reply: string): string {
  return withoutThought(reply).replaceAll("\r\n", "\n").trim();
}

/**
 * The command of a reply: its one block tagged `sh`, `bash` or `shell`, or the one without a tag where no block has such a tag. Blocks
 * in other languages are prose. `isCut` says that the reply broke off at the output limit: a block without its end is then none.
 */
export function commandOf(reply: string, isCut = false): FoundCommand {
  const commands = commandBlocks(spoken(reply));
  const [only] = commands;
  if (only === undefined || commands.length > 1) return { count: commands.length };
  return only.closed || !isCut ? { command: only.code.replace(/\s+$/, "") } : { count: 0 };
}

/** What a spoken reply says beside its command. */
export function proseOf(text: string): string {
  let prose = "";
  let at = 0;
  for (const block of commandBlocks(text)) {
    prose += text.slice(at, block.start);
    at = block.end;
  }
  return (prose + text.slice(at)).replace(/\n{3,}/g, "\n\n").trim();
}

/** The blocks of a spoken reply that are commands. */
export function commandBlocks(text: string): FencedBlock[] {
  const blocks = fencedBlocks(text).filter((block) => block.code.trim() !== "");
  const tagged = blocks.filter((block) => SHELL_TAGS.has(block.tag));
  return tagged.length > 0 ? tagged : blocks.filter((block) => block.tag === "");
}
