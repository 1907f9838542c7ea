/** A regular file of the scratch area. */
export interface ScratchFile {
  /** Relative to `/scratch`. */
  name: string;
  bytes: Uint8Array;
  executable: boolean;
}

/** All that lasts from one command to the next. Links and devices do not. */
export interface ScratchContent {
  files: readonly ScratchFile[];
  /** Names of folders, parents first. */
  folders: readonly string[];
}

/** Files and folders together. */
export const MAX_SCRATCH_ENTRIES = 1000;
const MAX_NAME_CHARS = 200;

/** The scratch area between commands, held by the host in memory: nothing of it ever gets a name on the host's disk. */
export class Scratch {
  readonly #limitMb: number;
  #content: ScratchContent = { files: [], folders: [] };

  constructor(limitMb: number) {
    this.#limitMb = limitMb;
  }

  /** What the next command starts with. */
  get content(): ScratchContent {
    return this.#content;
  }

  /** Takes over what a command left, without the entries whose names lead elsewhere. Returns why nothing was kept, or null. */
  keep(content: ScratchContent): string | null {
    const files = content.files.filter(({ name }) => isSafeName(name));
    const folders = content.folders.filter(isSafeName);
    if (files.length + folders.length > MAX_SCRATCH_ENTRIES)
      return `there are more than ${MAX_SCRATCH_ENTRIES} files`;
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    if (bytes > this.#limitMb * 1024 * 1024) return `there are more than ${this.#limitMb} MB`;
    this.#content = { files, folders };
    return null;
  }

  /** Takes a file out of the area: its text, or null where there is none of this name. */
  take(name: string): string | null {
    const plain = name.replace(/^(?:\.\/)+/, "");
    const file = this.#content.files.find((candidate) => candidate.name === plain);
    if (file === undefined) return null;
    this.#content = { ...this.#content, files: this.#content.files.filter((one) => one !== file) };
    return new TextDecoder().decode(file.bytes);
  }
}

function isSafeName(name: string): boolean {
  if (name.length > MAX_NAME_CHARS || /[\p{Cc}\uFFFD]/u.test(name)) return false;
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
