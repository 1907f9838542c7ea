import type { ShellLimits } from "./shell.ts";

const MB = 1024 * 1024;
/** Tools of our own and the command; nothing else can be written there for longer than a command. */
const OWN_MB = 4;

/**
 * Runs inside the sandbox around each command: unpacks what stdin brings, runs the command without the descriptors of the host, ends
 * whatever it left running, and hands the scratch area out on descriptor 3, behind `ready` and `exit <code>`. Commands are nice, so that the host
 * gets its turn to stop them even where they are thousands.
 */
const SUPERVISOR = `
tar -xf - -C / || exit 125
exec </dev/null
echo ready >&3
nice -n 10 prlimit "$@" /bin/sh -c 'eval "$(cat /opt/codetracer/command)"' sh 2>&1 3>&-
code=$?
kill -s KILL -- -1 2>/dev/null
echo "exit $code" >&3
tar --hard-dereference -cf - -C /scratch . >&3
exit "$code"
`;

/** Places of the host that hold programs and what they need to start. */
const PROGRAMS = ["/usr/bin", "/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/libexec"];
const PROGRAM_SETTINGS = ["/etc/alternatives", "/etc/ld.so.cache"];

/**
 * Arguments of `bwrap` for one command over this folder. `links` tells where `/bin` and its like lead on the host; null = it is a
 * folder of its own.
 */
export function bubblewrapArguments(
  folder: string,
  limits: ShellLimits,
  links: Readonly<Record<string, string | null>>,
): string[] {
  return [
    ...["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"],
    ...["--clearenv", "--setenv", "PATH", "/opt/codetracer/bin:/usr/bin:/bin"],
    ...["--setenv", "HOME", "/scratch", "--setenv", "LANG", "C.UTF-8"],
    ...[...PROGRAMS, ...PROGRAM_SETTINGS].flatMap((place) => ["--ro-bind-try", place, place]),
    ...Object.entries(links).flatMap(([place, target]) =>
      target === null ? ["--ro-bind", place, place] : ["--symlink", target, place],
    ),
    // What is not read-only has a size: the rest of the sandbox lies in memory and must not grow.
    ...["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"],
    ...tmpfs("/tmp", limits.scratch_mb),
    ...tmpfs("/scratch", limits.scratch_mb),
    ...tmpfs("/opt/codetracer", OWN_MB),
    ...["--ro-bind", folder, "/run", "--remount-ro", "/", "--chdir", "/run"],
    ...["--hostname", "sandbox", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534"],
    ...["--", "/bin/sh", "-c", SUPERVISOR, "sh", ...resourceLimits(limits)],
  ];
}

function tmpfs(place: string, sizeMb: number): string[] {
  return ["--size", String(sizeMb * MB), "--tmpfs", place];
}

function resourceLimits(limits: ShellLimits): string[] {
  return [
    `--as=${limits.memory_mb * MB}`,
    `--cpu=${Math.ceil(limits.seconds) + 1}`,
    `--fsize=${limits.scratch_mb * MB}`,
    "--nproc=100",
    "--nofile=256",
    "--core=0",
  ];
}
