/** A key by its name (`right`, `ctrl-c`), or the character that it types. */
export type Key = string;

/** One key at the beginning of what a terminal sends: a control sequence whole, or a character. */
const NEXT = /^(?:\u001b\[[0-?]*[ -/]*[@-~]|\u001bO[ -~]|\u001b[ -~]|.)/su;
/** A control sequence of which the end has not arrived. */
const BEGUN = /^\u001b(?:\[[0-?]*[ -/]*|O)?$/;

const NAMES: Readonly<Record<string, Key>> = {
  "\u001b": "escape",
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\u007f": "backspace",
  "\b": "backspace",
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  "[H": "home",
  "[F": "end",
  "[1~": "home",
  "[7~": "home",
  "[4~": "end",
  "[8~": "end",
  "[5~": "pageup",
  "[6~": "pagedown",
};

/** What a terminal sent, as keys, and the beginning of a sequence whose rest may still come. Unknown sequences are no key. */
export function decodeKeys(sent: string): { keys: Key[]; begun: string } {
  const keys: Key[] = [];
  let rest = sent;
  while (rest.length > 0 && !BEGUN.test(rest)) {
    const [one = rest] = NEXT.exec(rest) ?? [];
    const key = nameOf(one);
    if (key !== null) keys.push(key);
    rest = rest.slice(one.length);
  }
  return { keys, begun: rest };
}

function nameOf(sent: string): Key | null {
  const sequence = /^\u001b[[O]/.test(sent) ? `[${sent.slice(2)}` : sent;
  const name = NAMES[sequence];
  if (name !== undefined) return name;
  if (sent.startsWith("\u001b")) return null;
  const code = sent.codePointAt(0) ?? 0;
  return code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : sent;
}
