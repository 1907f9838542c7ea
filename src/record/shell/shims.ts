import fs from "node:fs";
import path from "node:path";
import { LOG_FILE, SHELLS_OFF_FILE } from "../events.ts";
import { quoted } from "./shell-arguments.ts";

/** The shells that agents call. */
export const SHELLS = ["bash", "sh", "zsh", "dash"] as const;

/** The level of an outermost shell. */
export const OUTERMOST = "1";

type Env = Readonly<Record<string, string | undefined>>;

/** Where things are that the shims call. */
export interface ShimPlaces {
  /** An empty folder for the shims. */
  folder: string;
  /** The recording, absolute. */
  recording: string;
  /** The program that runs JavaScript. */
  node: string;
  /** The built `run-shell.js`. */
  recorder: URL;
}

/** What the shims hand to the program that records a command. */
export interface ShellSetup {
  recording: string;
  shims: string;
  node: string;
  /** The file that runs `runShell` with this setup. */
  program: string;
  /** Lines of what could not be recorded, and why. */
  failures: string;
  /** As they were outside; null = not set. */
  original: { SHELL: string | null; BASH_ENV: string | null; SHLVL: string | null };
}

/**
 * Writes stand-ins for the shells that are on the PATH, a start-up file for bash that is called by its path, and the program that
 * both hand commands to. Gives the environment in which commands are recorded.
 */
export function writeShims(places: ShimPlaces, env: Env): { env: Record<string, string>; failures: string } {
  const program = path.join(places.folder, "run-shell.mjs");
  const setup: ShellSetup = {
    recording: places.recording,
    shims: places.folder,
    node: places.node,
    program,
    failures: path.join(places.folder, "failures"),
    original: { SHELL: env.SHELL ?? null, BASH_ENV: env.BASH_ENV ?? null, SHLVL: env.SHLVL ?? null },
  };
  fs.writeFileSync(
    program,
    `import { runShell } from ${JSON.stringify(places.recorder.href)};\nawait runShell(process, ${JSON.stringify(setup)});\n`,
  );
  const found = SHELLS.flatMap((name) => {
    const real = findProgram(name, env);
    return real === null ? [] : [{ name, real }];
  });
  for (const { name, real } of found)
    fs.writeFileSync(path.join(places.folder, name), shim(name, real, program, places), { mode: 0o755 });
  const bashEnv = path.join(places.folder, "bash-env");
  fs.writeFileSync(bashEnv, hook(program, places, env.BASH_ENV));
  const own = path.basename(env.SHELL ?? "");
  const changed: Record<string, string> = {
    CODETRACER_RECORD: places.recording,
    PATH: env.PATH ? `${places.folder}:${env.PATH}` : places.folder,
    BASH_ENV: bashEnv,
    // The outermost bash takes a socket for the line of a remote login, and does not look at BASH_ENV then.
    SHLVL: env.SHLVL ?? OUTERMOST,
  };
  if (found.some(({ name }) => name === own)) changed.SHELL = path.join(places.folder, own);
  return { env: changed, failures: setup.failures };
}

/** The path of a program; null where it is on no folder of the PATH. */
export function findProgram(name: string, env: Env): string | null {
  for (const folder of (env.PATH ?? "").split(":")) {
    const file = path.resolve(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // Not there; the next folder.
    }
  }
  return null;
}

/** Words of the recording's place that the scripts share. */
function words({ recording, node }: ShimPlaces, program: string): Record<string, string> {
  return {
    log: quoted(path.join(recording, LOG_FILE)),
    off: quoted(path.join(recording, SHELLS_OFF_FILE)),
    // A warning of Node's would stand in what the agent reads.
    record: `${quoted(node)} --no-warnings ${quoted(program)}`,
  };
}

/** A stand-in: hands calls with -c on to be recorded, and all others to the real shell. */
function shim(name: string, real: string, program: string, places: ShimPlaces): string {
  const { log, off, record } = words(places, program);
  return `#!/bin/sh
# Written by codetracer record: stands in for ${name} while a run is recorded.
CODETRACER_RECORD_SEEN=$$; export CODETRACER_RECORD_SEEN
if [ -n "$CODETRACER_RECORD_INSIDE" ] || [ -e ${off} ]; then exec ${quoted(real)} "$@"; fi
call= skip=
for word do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in
    -|--) break ;;
    --rcfile|--init-file|--emulate) skip=1 ;;
    --*) ;;
    -*c*) call=1; break ;;
    [-+]*[oO]) skip=1 ;;
    [-+]?*) ;;
    *) break ;;
  esac
done
if [ -z "$call" ]; then
  printf '\\n{"type":"shell_passed","shell":"${name}"}\\n' >> ${log}
  exec ${quoted(real)} "$@"
fi
if [ "\${CODETRACER_RECORD_SKIP:-0}" -gt 0 ]; then
  CODETRACER_RECORD_SKIP=$((CODETRACER_RECORD_SKIP - 1)) exec ${quoted(real)} "$@"
fi
CODETRACER_RECORD_FILES=$(ulimit -S -n)
CODETRACER_RECORD_OPTIONS=$NODE_OPTIONS
NODE_OPTIONS=
export CODETRACER_RECORD_FILES CODETRACER_RECORD_OPTIONS NODE_OPTIONS
exec ${record} ${quoted(real)} ${name} "$@"
`;
}

/**
 * What bash reads first when it is called by its path; the real start-up file comes after it. The options that bash was called
 * with are in force already: unset variables may be errors, and commands may be traced.
 */
function hook(program: string, places: ShimPlaces, original: string | undefined): string {
  const { log, off, record } = words(places, program);
  const next = original ? `if [ -r ${quoted(original)} ]; then . ${quoted(original)}; fi` : "";
  return `# Written by codetracer record: read by every bash that runs a script or a command.
{ case $- in *x*) CODETRACER_RECORD_TRACED=1; set +x ;; esac; } 2>/dev/null
if [ -z "\${CODETRACER_RECORD_INSIDE-}" ] && [ "\${CODETRACER_RECORD_SEEN-}" != $$ ] && [ ! -e ${off} ] && [ -r /proc/$$/cmdline ]; then
  if [ -z "\${BASH_EXECUTION_STRING+x}" ]; then
    printf '\\n{"type":"shell_passed","shell":"bash"}\\n' >> ${log}
  elif [ "\${CODETRACER_RECORD_SKIP:-0}" -gt 0 ]; then
    export CODETRACER_RECORD_SKIP=$((CODETRACER_RECORD_SKIP - 1))
  else
    words=() settings=()
    while IFS= read -r -d '' word; do words+=("$word"); done < /proc/$$/cmdline
    export CODETRACER_RECORD_FILES=$(ulimit -S -n) CODETRACER_RECORD_OPTIONS="\${NODE_OPTIONS-}" NODE_OPTIONS=
    if shopt -q login_shell; then
      # The files of a login shell were read and have changed the environment; the shell that is recorded reads them again.
      while IFS= read -r -d '' word; do settings+=("$word"); done < /proc/$$/environ
      exec env -i "\${settings[@]}" CODETRACER_RECORD_FILES="$CODETRACER_RECORD_FILES" CODETRACER_RECORD_OPTIONS="$CODETRACER_RECORD_OPTIONS" NODE_OPTIONS= ${record} "$BASH" "\${words[@]}"
    fi
    exec ${record} "$BASH" "\${words[@]}"
  fi
fi
${next}
case \${CODETRACER_RECORD_TRACED-} in 1) unset CODETRACER_RECORD_TRACED; set -x ;; esac
`;
}
