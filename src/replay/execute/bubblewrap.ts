import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import type { PathMap } from "../plan/path-map.ts";
import { type Confinement, PROGRAM_PATH, scriptArguments } from "./confinement.ts";
import { runProcess } from "./run-process.ts";
import type { WorkFolder } from "./work-folder.ts";

/** Of the host, read-only: programs, and the little of `/etc` that they need. */
const SYSTEM = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/opt",
  "/etc/alternatives",
  "/etc/ld.so.cache",
  "/etc/passwd",
  "/etc/group",
  "/etc/nsswitch.conf",
  "/etc/localtime",
  "/etc/ssl",
  "/etc/mime.types",
];
const NETWORK = ["/etc/resolv.conf", "/etc/hosts", "/etc/ca-certificates"];
const OWN = "/run/codetracer";

/** Node's own pipes are sockets, which a command cannot open as `/dev/stdout`; this one is a pipe. */
const THROUGH_PIPE = 'bwrap "$@" 2>&1 | cat';

/** Commands see the folder, under its recorded name where that is mapped, and the system's programs; nothing else. No network unless asked for. */
export function inBubblewrap(work: WorkFolder, maps: readonly PathMap[], network: boolean): Confinement {
  const seenAs = maps.find(({ within }) => within === ".")?.recorded ?? "/replay";
  for (const name of ["session", "tmp"]) fs.mkdirSync(path.join(work.state, name), { recursive: true });
  return {
    kind: "bubblewrap",
    where: work.folder,
    seen_as: seenAs,
    start(script, stepId) {
      const file = path.join(work.state, "replay.sh");
      fs.writeFileSync(file, script);
      const args = [
        ...sandboxArguments(work, maps, seenAs, network),
        ...["--ro-bind", file, `${OWN}/replay.sh`, "--remount-ro", "/", "--chdir", seenAs, "--"],
        // What this process itself was started with besides its own is none of a command's business.
        ...[
          "bash",
          "-c",
          'for fd in /proc/self/fd/*; do fd=${fd##*/}; [ "$fd" -le 2 ] || eval "exec $fd>&-"; done; exec bash "$@"',
        ],
        ...[
          "bash",
          `${OWN}/replay.sh`,
          ...scriptArguments(seenAs, `${OWN}/session`, stepId, 0),
          "--anywhere",
        ],
      ];
      // Ends with this process, however that ends; bwrap ends with its starter, and everything in it with bwrap.
      const starter = ["--pdeathsig", "KILL", "--", "bash", "-o", "pipefail", "-c", THROUGH_PIPE, "bash"];
      return {
        program: "setpriv",
        args: [...starter, ...args],
        input: null,
        cwd: "/",
        env: { PATH: PROGRAM_PATH },
      };
    },
  };
}

function sandboxArguments(
  work: WorkFolder,
  maps: readonly PathMap[],
  seenAs: string,
  network: boolean,
): string[] {
  const read = [...SYSTEM, ...(network ? NETWORK : [])].flatMap((place) => ["--ro-bind-try", place, place]);
  const others = maps.filter(({ within }) => within !== ".");
  for (const { within } of others) makeFolder(work.folder, within);
  return [
    ...["--unshare-all", "--unshare-user", "--disable-userns", ...(network ? ["--share-net"] : [])],
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "replay"],
    ...["--clearenv", "--setenv", "PATH", PROGRAM_PATH, "--setenv", "LANG", "C.UTF-8"],
    ...read,
    ...["--proc", "/proc", "--dev", "/dev"],
    ...["--bind", path.join(work.state, "tmp"), "/tmp"],
    ...["--bind", work.folder, seenAs],
    ...others.flatMap(({ recorded, within }) => ["--bind", path.join(work.folder, within), recorded]),
    ...["--bind", path.join(work.state, "session"), `${OWN}/session`],
  ];
}

/** Makes a folder below another. A command may have put a link there, which would lead the next sandbox out of it. */
function makeFolder(root: string, within: string): void {
  let place = root;
  for (const part of within.split("/")) {
    place = path.join(place, part);
    const stat = fs.lstatSync(place, { throwIfNoEntry: false });
    if (stat === undefined) fs.mkdirSync(place);
    else if (!stat.isDirectory())
      throw new CodeTracerError(
        "sandbox",
        `--map to ${within}: ${place} is no folder any more but a link or a file that a command left; begin again in an empty folder`,
      );
  }
}

/** Why steps cannot be run in bubblewrap here; null = they can. */
export async function whyNoBubblewrap(signal: AbortSignal): Promise<string | null> {
  const root = temporaryFolder();
  try {
    const work = { folder: path.join(root, "work"), state: path.join(root, "state") };
    for (const folder of Object.values(work)) fs.mkdirSync(folder);
    const started = inBubblewrap(work, [], false).start("exit 7", 1, 0);
    const end = await runProcess({ ...started, timeout_ms: 10_000, max_output_chars: 400, signal });
    if (end.exit_code === 7) return null;
    if (end.stopped === "start") return "setpriv of util-linux cannot be started";
    return end.output.trim().split("\n")[0] || "a first command did not run";
  } finally {
    removeTemporaryFolder(root);
  }
}
