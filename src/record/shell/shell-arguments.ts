/** Options of bash, zsh and dash that take the next word. */
const TAKES_WORD = /^(?:[-+][a-zA-Z]*[oO]|--rcfile|--init-file|--emulate)$/;

/** The command of a shell called with `-c`, and where it stands among the arguments. */
export interface ShellCall {
  command: string;
  index: number;
}

/** Reads a shell's arguments, without its name. null = it was not called with `-c`. */
export function shellCall(args: readonly string[]): ShellCall | null {
  let hasC = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const endsOptions = word === "--" || word === "-";
    if (!endsOptions && /^[-+]./.test(word)) {
      if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word)) hasC = true;
      if (TAKES_WORD.test(word)) index++;
      continue;
    }
    const at = endsOptions ? index + 1 : index;
    const command = args[at];
    return hasC && command !== undefined ? { command, index: at } : null;
  }
  return null;
}

/**
 * The arguments with the shell's name behind the command, where none stands there: a shell that is started by its path would call
 * itself by it in its messages.
 */
export function withName(args: readonly string[], { index }: ShellCall, name: string): string[] {
  return args.length > index + 1 ? [...args] : [...args, name];
}

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
