import { InMemoryFs, MountableFs, OverlayFs } from "just-bash";
import { MAX_SCRATCH_ENTRIES, type ScratchContent, type ScratchFile } from "./scratch.ts";
import type { VirtualShellStart } from "./virtual-shell-messages.ts";

const MB = 1024 * 1024;
const MAX_FILE_READ_MB = 64;
/** Files that are written in `/run` live until the end of their command. */
const MAX_OVERLAY_MB = 16;

/** What is written to a device is gone. */
class Devices extends InMemoryFs {
  constructor() {
    super({ "/null": "", "/zero": "" });
  }
  override async writeFile(): Promise<void> {}
  override async appendFile(): Promise<void> {}
}

/** The files of one command: the folder at `/run`, the scratch area, and the tools. All that is written stays in memory. */
export function virtualFiles(start: VirtualShellStart, scratch: ScratchContent): MountableFs {
  // The same size as the scratch area for /tmp beside it, as in the other shell.
  const base = new InMemoryFs({}, { maxTotalBytes: 2 * start.limits.scratch_mb * MB });
  base.mkdirSync("/tmp");
  base.mkdirSync("/scratch");
  for (const [name, script] of Object.entries(start.tools))
    base.writeFileSync(`/opt/codetracer/bin/${name}`, script, undefined, { mode: 0o755 });
  for (const name of scratch.folders) base.mkdirSync(`/scratch/${name}`, { recursive: true });
  for (const { name, bytes, executable } of scratch.files)
    base.writeFileSync(`/scratch/${name}`, bytes, undefined, { mode: executable ? 0o755 : 0o644 });
  const files = new MountableFs({ base });
  files.mount("/dev", new Devices());
  files.mount(
    "/run",
    new OverlayFs({
      root: start.folder,
      mountPoint: "/",
      maxFileReadSize: MAX_FILE_READ_MB * MB,
      maxMemoryBytes: MAX_OVERLAY_MB * MB,
    }),
  );
  return files;
}

/** What stands in the scratch area after a command. Links are left out; one entry too many is enough to tell that there are too many. */
export async function scratchOf(files: MountableFs): Promise<ScratchContent> {
  const found: { files: ScratchFile[]; folders: string[] } = { files: [], folders: [] };
  const open = [""];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await files.readdir(`/scratch/${folder}`).catch(() => [])) {
      const name = folder === "" ? entry : `${folder}/${entry}`;
      const stat = await files.lstat(`/scratch/${name}`);
      if (stat.isDirectory) {
        open.push(name);
        found.folders.push(name);
      } else if (stat.isFile) {
        const bytes = await files.readFileBuffer(`/scratch/${name}`);
        found.files.push({ name, bytes, executable: (stat.mode & 0o100) !== 0 });
      }
      if (found.files.length + found.folders.length > MAX_SCRATCH_ENTRIES) return found;
    }
  }
  return found;
}
