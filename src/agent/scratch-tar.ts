import type { ScratchContent, ScratchFile } from "./scratch.ts";

const BLOCK_BYTES = 512;
const EPOCH = new Date(0);

/** What the sandbox unpacks at `/` before a command: the commands of our own, the command itself, and the scratch area. */
export async function packStart(
  tools: Readonly<Record<string, string>>,
  command: string,
  scratch: ScratchContent,
): Promise<Uint8Array> {
  const { packTar } = await import("modern-tar");
  const scripts = Object.entries(tools).map(([name, text]) =>
    fileEntry({ name: `opt/codetracer/bin/${name}`, bytes: encode(text), executable: true }),
  );
  const folders = scratch.folders.map((name) => ({
    header: { name: `scratch/${name}/`, size: 0, type: "directory" as const, mode: 0o755, mtime: EPOCH },
  }));
  const files = scratch.files.map((file) => fileEntry({ ...file, name: `scratch/${file.name}` }));
  const own = fileEntry({ name: "opt/codetracer/command", bytes: encode(command), executable: false });
  return await packTar([...scripts, own, ...folders, ...files]);
}

/** The files and folders of a tar of the scratch area, which is not to be trusted; null where it is no whole tar. */
export async function unpackScratch(tar: Uint8Array): Promise<ScratchContent | null> {
  if (tar.length === 0 || tar.length % BLOCK_BYTES !== 0) return null;
  const { unpackTar } = await import("modern-tar");
  try {
    const entries = await unpackTar(tar, { strict: true });
    const named = entries.map(({ header, data }) => ({ header, data, name: plainName(header.name) }));
    const files = named.flatMap(({ header, data, name }): ScratchFile[] => {
      if (header.type !== "file" || data === undefined) return [];
      return [{ name, bytes: data, executable: ((header.mode ?? 0) & 0o100) !== 0 }];
    });
    const folders = named
      .filter(({ header, name }) => header.type === "directory" && name !== "" && name !== ".")
      .map(({ name }) => name);
    return { files, folders };
  } catch {
    return null;
  }
}

function plainName(name: string): string {
  return name.replace(/^\.\//, "").replace(/\/$/, "");
}

function fileEntry(file: ScratchFile): { header: TarFileHeader; body: Uint8Array } {
  const { name, bytes, executable } = file;
  const mode = executable ? 0o755 : 0o644;
  return { header: { name, size: bytes.length, type: "file", mode, mtime: EPOCH }, body: bytes };
}

interface TarFileHeader {
  name: string;
  size: number;
  type: "file";
  mode: number;
  mtime: Date;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
