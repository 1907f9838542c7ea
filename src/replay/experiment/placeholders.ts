import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";

/** What stands for a placeholder in one attempt. */
export type Values = Readonly<Record<string, string>>;

/** Texts that come from a run: never to be read as a program. */
const TEXTS = ["task", "hint"] as const;
/** What only the agent gets: a check or a set-up that knew the arm could favour one. */
const OF_THE_AGENT = ["hint", "hint_file"] as const;
/** All of them, with what they stand for. */
export const PLACEHOLDERS: Readonly<Record<string, string>> = {
  task: "what the agent was asked",
  task_file: "a file that holds it",
  hint: "the hint, or what stands for it in the arm without one",
  hint_file: "a file that holds it",
  workdir: "the fresh folder of the attempt, in which the command runs",
  run_dir: "an empty folder for what the agent records",
  seed: "a number, the same for both attempts of a pair",
  here: "the folder that codetracer was called in",
};

/** Linux hands one argument of at most 128 KiB to a program. */
const MAX_ARGUMENT_BYTES = 131_071;
const PLACEHOLDER = /\{([a-z_]+)\}/g;
/** Programs that read an argument as a program in their own language. */
const INTERPRETER =
  /^(?:(?:ba|da|z|k|mk|a|fi|c|tc)?sh|busybox|python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|perl|ruby|php|lua|Rscript|osascript|pwsh|powershell|nix-shell)$/;
const CODE_FLAG = /^(?:-[A-Za-z]*[cepEr]|--(?:eval|print|command|exec|run)|-Command)$/;
/** The flag with its program in one word. */
const JOINED_CODE = /^(?:--(?:eval|print|command|exec|run)=|-[A-Za-z]*[ce].)/;
/** Programs that hand their arguments on to a shell. */
const HANDS_ON = /^(?:eval|tmux|screen|ssh|mosh|rsh|parallel|watch|su|runuser|script)$/;

/**
 * Refuses a command in which a text of the run could be read as a program: in what follows `sh -c`, `python -c` and the like, and anywhere behind ssh
 * or eval. Throws CodeTracerError `bad_argument`, which names `flag`.
 */
export function requireSafe(flag: string, words: readonly string[]): void {
  for (const [index, word] of words.entries()) {
    const named = placeholdersOf(word);
    const unknown = named.find((name) => !(name in PLACEHOLDERS));
    // Braces are common in programs: only what looks like one of ours is taken for a slip.
    if (unknown !== undefined && !isCode(words, index)) throw unknownPlaceholder(flag, unknown);
    const text = TEXTS.find((name) => named.includes(name));
    if (text !== undefined && (index === 0 || isCode(words, index))) throw unsafe(flag, text);
  }
}

/** Refuses what would tell a check or a set-up which arm it is in. Throws CodeTracerError `bad_argument`. */
export function requireBlind(flag: string, words: readonly string[]): void {
  const told = words.flatMap(placeholdersOf).find((name) => OF_THE_AGENT.some((one) => one === name));
  if (told === undefined) return;
  throw new CodeTracerError(
    "bad_argument",
    `${flag} takes no {${told}}: it has to be the same with and without the hint`,
  );
}

/** Whether a word of the commands stands for this placeholder. */
export function uses(words: readonly string[], name: string): boolean {
  return words.some((word) => placeholdersOf(word).includes(name));
}

/** The words with their placeholders filled in, each staying one word. Throws CodeTracerError `bad_argument` for what fits in no argument. */
export function fill(flag: string, words: readonly string[], values: Values): string[] {
  return words.map((word, index) => {
    const isProgram = isCode(words, index);
    const filled = word.replace(PLACEHOLDER, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (isProgram && !/^[\w@%+=:,./-]*$/.test(value)) throw oddPath(flag, name);
      return value;
    });
    if (startsWithText(word) && filled.startsWith("-") && words[index - 1] !== "--")
      throw likeAnOption(flag, word);
    if (filled.includes("\0") || Buffer.byteLength(filled) > MAX_ARGUMENT_BYTES) throw tooLong(flag, word);
    return filled;
  });
}

function startsWithText(word: string): boolean {
  return TEXTS.some((name) => word.startsWith(`{${name}}`));
}

function placeholdersOf(word: string): string[] {
  return [...word.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

/** Whether some program reads the word as one of its own language. */
function isCode(words: readonly string[], index: number): boolean {
  const before = words.slice(0, index).map((word) => path.posix.basename(word));
  if (before.some((word) => HANDS_ON.test(word))) return true;
  const flag = before.at(-1) ?? "";
  if (before.includes("env") && /^(?:-[a-z]*S|--split-string)$/.test(flag)) return true;
  const isProgram = CODE_FLAG.test(flag) || JOINED_CODE.test(words[index] ?? "");
  return isProgram && before.some((word) => INTERPRETER.test(word));
}

function unsafe(flag: string, name: string): CodeTracerError {
  const variable = `CODETRACER_${name.toUpperCase()}_FILE`;
  return new CodeTracerError(
    "bad_argument",
    `${flag} puts {${name}} where a program would be read from it, and it is text of a run: give {${name}_file}, or read the file named by $${variable}`,
  );
}

function unknownPlaceholder(flag: string, name: string): CodeTracerError {
  const known = Object.keys(PLACEHOLDERS).map((one) => `{${one}}`);
  return new CodeTracerError("bad_argument", `${flag} holds {${name}}; known are ${known.join(", ")}`);
}

function oddPath(flag: string, name: string): CodeTracerError {
  return new CodeTracerError(
    "bad_argument",
    `${flag} puts {${name}} into a program, and its path holds characters that mean something there: use "$CODETRACER_${name.toUpperCase()}" or a plainer --out`,
  );
}

function likeAnOption(flag: string, word: string): CodeTracerError {
  const name = TEXTS.find((one) => word.startsWith(`{${one}}`)) ?? "task";
  return new CodeTracerError(
    "bad_argument",
    `${flag}: the ${name} begins with a dash and would be read as an option; put -- or a name such as --${name}= before it, or give {${name}_file}`,
  );
}

function tooLong(flag: string, word: string): CodeTracerError {
  const name = TEXTS.find((one) => word.includes(`{${one}}`));
  const instead = name === undefined ? "a file" : `{${name}_file}`;
  return new CodeTracerError(
    "bad_argument",
    `${flag}: a text is too long for an argument, or holds a null character; give ${instead} instead`,
  );
}
