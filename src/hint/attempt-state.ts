import type { IndexedStep } from "../trajectory/step.ts";

/** What an attempt had changed before a step: observations of it do not hold in the initial environment. */
export interface AttemptState {
  /** Paths that it wrote, deleted or fetched, and folders that it made. */
  paths: ReadonlySet<string>;
  /** Packages that it installed or removed, without versions. */
  packages: ReadonlySet<string>;
  /** Something was installed for the whole system or into an environment of its own. */
  installed: boolean;
  /** A change went through whose files are not known. */
  opaque: boolean;
  /** Files may have been replaced by other versions of them. */
  rewound: boolean;
  /** Any change went through. */
  changed: boolean;
}

const SYSTEM_INSTALL =
  /^(?:apt|apt-get|aptitude|dpkg|yum|dnf|apk|pacman|brew|conda|mamba|snap|rustup|nvm|sdk|uv|opam)$/;
const CLONE =
  /\bgit\s+clone\s+(?:--?[\w-]+(?:[= ](?!https?:|git@)\S+)?\s+)*(\S+?)(?:\.git)?\/?(?:\s+(?!&|\|)([\w./-]+))?(?=\s|$|;|&)/;
const REWINDS = /^(?:checkout|switch|reset|stash|pull|merge|rebase|apply|am|restore|revert|cherry-pick)$/;
/** An editor that works on the file it has open names it in what it shows. */
const EDITS_OPEN_FILE = /^(?:create|edit|insert)\b/;
const SHOWN_FILE = /\[File: (\S+) \(/;
const TELLING_NAME = /^.+\.\w+$|^.{6,}$/;
const HARMLESS = /^(?:cd|export|source|set|mkdir|touch|echo|printf|sleep|true)$/;

/** The state before each step, by position; one more than there are steps, for after the last. */
export function statesOf(steps: readonly IndexedStep[]): AttemptState[] {
  let state: AttemptState = {
    paths: new Set(),
    packages: new Set(),
    installed: false,
    opaque: false,
    rewound: false,
    changed: false,
  };
  return [state, ...steps.map((step) => (state = after(state, step)))];
}

function after(state: AttemptState, step: IndexedStep): AttemptState {
  const { writes = [], deletes = [], packages = [], programs } = step.touches;
  const clone = CLONE.exec(step.action);
  const cloned = clone ? [clone[2] ?? clone[1]?.split("/").at(-1) ?? ""] : [];
  const open = EDITS_OPEN_FILE.test(step.action) ? SHOWN_FILE.exec(step.observation ?? "")?.[1] : undefined;
  const paths = [...writes, ...deletes, ...cloned, ...(open === undefined ? [] : [open])].filter(
    (one) => one.length > 0,
  );
  if (step.kind !== "change" && paths.length === 0) return state;
  const system = programs.some((program) => SYSTEM_INSTALL.test(program));
  const idle =
    programs.length > 0 && programs.every((program) => HARMLESS.test(program)) && paths.length === 0;
  return {
    paths: paths.length > 0 ? new Set([...state.paths, ...paths]) : state.paths,
    packages: packages.length > 0 ? new Set([...state.packages, ...packages.map(bare)]) : state.packages,
    installed: state.installed || system,
    opaque: state.opaque || (!idle && paths.length === 0 && packages.length === 0 && !system),
    rewound: state.rewound || step.touches.git?.some((one) => REWINDS.test(one)) === true,
    changed: state.changed || (!idle && !step.failed),
  };
}

/** Whether a path, as any command may write it, is or lies in something that the attempt made or changed. */
export function isTouched(path: string, { paths }: AttemptState): boolean {
  const asked = normal(path);
  for (const one of paths) {
    const made = normal(one);
    if (made === "") continue;
    if (asked === made || asked.endsWith(`/${made}`) || made.endsWith(`/${asked}`)) return true;
    if (asked.startsWith(`${made}/`) || asked.includes(`/${made}/`)) return true;
  }
  return false;
}

/** Whether a text names something that the attempt made or installed. */
export function namesTouched(text: string, state: AttemptState): boolean {
  return (
    namesTouchedFile(text, state) ||
    [...state.packages].some((name) => name.length > 2 && namesWord(text, name))
  );
}

/** Whether a text names a file that the attempt made. Names that any path may hold, such as `app`, do not count. */
export function namesTouchedFile(text: string, state: AttemptState): boolean {
  return [...state.paths].some((one) => {
    const name = normal(one).split("/").at(-1) ?? "";
    return TELLING_NAME.test(name) && namesWord(text, name);
  });
}

function namesWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? " ") && !/[\w-]/.test(text[at + word.length] ?? " ")) return true;
  }
  return false;
}

function bare(name: string): string {
  return name.replace(/[=<>~![;@].*$/, "").replace(/^python3?-/, "");
}

function normal(path: string): string {
  return path.replace(/^\.\//, "").replace(/\/+$/, "");
}
