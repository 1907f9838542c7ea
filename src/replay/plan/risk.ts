import { parseShell } from "../../index-run/index.ts";
import type { ShellCommand } from "../../index-run/shell/command.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import type { Situation } from "./situation.ts";

/** What may go wrong, or out of hand, when a step is done again. */
export interface Risk {
  kind: RiskKind;
  /** What of the step it is about; "" = the step as a whole. Holds text of the run. */
  detail: string;
}

export type RiskKind =
  | "network"
  | "deletes outside"
  | "writes outside"
  | "packages"
  | "services"
  | "credentials"
  | "root rights"
  | "time"
  | "screen"
  | "agent tool"
  | "interrupted"
  | "secret";

/** Risks that reach beyond the folder of the replay, or make its result doubtful. `--only-safe` stops at them. */
export const DANGERS: ReadonlySet<RiskKind> = new Set<RiskKind>([
  "network",
  "deletes outside",
  "writes outside",
  "packages",
  "services",
  "credentials",
  "root rights",
  "screen",
  "secret",
]);

/** Risks under which another output is to be expected. */
export const VARIES: ReadonlySet<RiskKind> = new Set<RiskKind>([
  "network",
  "packages",
  "services",
  "time",
  "screen",
]);

const MAX_DETAIL = 3;

/** The risks of doing a step again. `root` is the directory that the recording works in; null = it does not say. */
export function risksOf(
  step: IndexedStep,
  situation: Situation,
  root: string | null,
  isShell: boolean,
): Risk[] {
  const risks: Risk[] = [];
  const add = (kind: RiskKind, details: readonly string[] | boolean): void => {
    if (details === false || (details !== true && details.length === 0)) return;
    risks.push({ kind, detail: details === true ? "" : listed(details) });
  };
  const { touches } = step;
  const commands = isShell ? parseShell(step.action, situation.directory).commands : [];
  add("network", [
    ...(touches.network ?? []).filter((place) => !/^(?:[/.~]|file:)/.test(place)),
    ...networkGit(touches.git ?? []),
  ]);
  add("packages", touches.packages ?? packagePrograms(step, commands));
  add("deletes outside", [...outside(touches.deletes, root), ...wildDeletes(commands)]);
  add("writes outside", [...outside(touches.writes, root), ...installs(commands)]);
  add("services", touches.services ?? []);
  add("credentials", [
    ...credentials(step.action),
    ...(touches.git ?? []).filter((sub) => sub === "push").map(() => "git push"),
  ]);
  add(
    "root rights",
    commands.some(({ wrappers, program }) => [...wrappers, program].some((name) => ROOT.has(name))),
  );
  add(
    "time",
    commands.map(({ program }) => program).filter((name) => TIMED.has(name)),
  );
  add("screen", situation.typed && (situation.is_unsure || !step.action.endsWith("\n")));
  return risks;
}

const ROOT = new Set(["sudo", "doas", "su"]);
const TIMED = new Set(["date", "sleep", "uuidgen", "mktemp", "shuf", "timeout"]);
const NETWORK_GIT = new Set(["push", "fetch", "pull", "ls-remote", "submodule", "lfs"]);
const PACKAGE_PROGRAMS =
  /^(?:apt|apt-get|aptitude|dpkg|apk|yum|dnf|pacman|zypper|brew|pipx?[\d.]*|npm|yarn|pnpm|bun|conda|mamba|gem|bundle|uv|poetry|cargo|opam|cpanm?)$/;
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|[\s/'"])\.(?:netrc|ssh\/|aws\/|docker\/config|kube\/config|pypirc|npmrc|git-credentials)/,
    "files with keys",
  ],
  [
    /\b(?:gh auth|docker login|npm (?:login|publish)|twine upload|cargo publish|aws configure|gcloud auth|huggingface-cli login|az login)\b/,
    "logs in or publishes",
  ],
  [/\bcredential\.helper\b|\bgit credential\b/, "git credentials"],
  [/\b\w*(?:API_KEY|ACCESS_KEY|AUTH_TOKEN|SECRET_KEY|_PASSWORD|_TOKEN)=/, "sets a key"],
];

/** Package managers that a changing step runs without naming packages: `apt-get update`, `npm ci`. */
function packagePrograms(step: IndexedStep, commands: readonly ShellCommand[]): string[] {
  if (step.kind !== "change") return [];
  return commands.map(({ program }) => program).filter((program) => PACKAGE_PROGRAMS.test(program));
}

/** What a build puts into the system's folders. */
function installs(commands: readonly ShellCommand[]): string[] {
  return commands
    .filter(
      ({ program, args }) => BUILDERS.has(program) && args.some((word) => /^(?:--)?install$/.test(word)),
    )
    .map(({ program }) => `${program} install`);
}

const BUILDERS = new Set(["make", "gmake", "ninja", "cmake", "meson", "setup.py", "waf"]);

function networkGit(git: readonly string[]): string[] {
  return git.filter((sub) => NETWORK_GIT.has(sub)).map((sub) => `git ${sub}`);
}

function credentials(action: string): string[] {
  return SECRETS.filter(([pattern]) => pattern.test(action)).map(([, words]) => words);
}

/** Deletions whose targets the text does not tell: of a variable, of everything, by `find -delete`. */
function wildDeletes(commands: readonly ShellCommand[]): string[] {
  return commands.flatMap(({ program, args, wrappers, directory }) => {
    if (program === "find" && args.includes("-delete")) return outsideSearch(args[0]) ? ["find -delete"] : [];
    if (program !== "rm" && program !== "shred") return [];
    const targets = args.filter((word) => !word.startsWith("-"));
    if (wrappers.includes("xargs")) return ["what xargs is given"];
    return targets.filter(
      (word) =>
        /^[$`]/.test(word) || /^(?:~|\.\.|\/)\/?\*?$/.test(word) || (word === "*" && directory === "/"),
    );
  });
}

function outsideSearch(start: string | undefined): boolean {
  return start !== undefined && /^(?:\/|~|\$)/.test(start);
}

/** Absolute paths that lie neither below the root nor in the place for temporary files. */
function outside(paths: readonly string[] | undefined, root: string | null): string[] {
  return (paths ?? []).filter((path) => isOutside(path, root));
}

/** Whether a recorded path leads out of the recording's root. */
export function isOutside(path: string, root: string | null): boolean {
  if (path.startsWith("..") || path.startsWith("~")) return root === null || !root.startsWith("~");
  if (!path.startsWith("/") || path.startsWith("/tmp/") || path.startsWith("/dev/")) return false;
  return root === null || (path !== root && !path.startsWith(`${root}/`));
}

function listed(details: readonly string[]): string {
  const distinct = [...new Set(details)];
  const more = distinct.length > MAX_DETAIL ? ` and ${distinct.length - MAX_DETAIL} more` : "";
  return `${distinct.slice(0, MAX_DETAIL).join(", ")}${more}`;
}
