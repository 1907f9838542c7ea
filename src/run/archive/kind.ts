/** How a file is packed that can be unpacked. */
export type ArchiveFormat = "zip" | "tar" | "gzip" | "zstd";

/** What a file turned out to be; one that cannot be unpacked says why, and what to do instead. */
export type ArchiveKind =
  | { format: ArchiveFormat; refusal: null }
  | { format: "foreign" | "unknown"; refusal: string };

const NAME = /\.(?:tar\.(?:zst|gz)|tgz|tar|zip)$/i;
const UNPACK_YOURSELF = "unpack it yourself and give the folder";

const MAGIC: readonly { bytes: readonly number[]; format: ArchiveFormat | "foreign"; title: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], format: "zip", title: "zip" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], format: "zip", title: "zip without entries" },
  { bytes: [0x1f, 0x8b, 0x08], format: "gzip", title: "gzip" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], format: "zstd", title: "zstd" },
  { bytes: [0x50, 0x4b, 0x07, 0x08], format: "foreign", title: "a part of a split zip" },
  { bytes: [0x42, 0x5a, 0x68], format: "foreign", title: "bzip2" },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], format: "foreign", title: "xz" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], format: "foreign", title: "7-Zip" },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], format: "foreign", title: "RAR" },
];

/** Whether a name ends like that of an archive: `.tar.zst`, `.tar.gz`, `.tgz`, `.tar` or `.zip`. */
export function isArchiveName(name: string): boolean {
  return NAME.test(name);
}

/** Whether a name is one that zip archives have beside other files: only the contents tell. */
export function isDoubtfulArchiveName(name: string): boolean {
  return /\.eval$/i.test(name);
}

/** What the first 512 bytes of a file say about how it is packed. */
export function kindOf(head: Buffer): ArchiveKind {
  if (head.length === 0) return { format: "unknown", refusal: "the file is empty; fetch or make it again" };
  const known =
    MAGIC.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte)) ?? skippableZstd(head);
  if (known?.format === "foreign") {
    return {
      format: "foreign",
      refusal: `this is ${known.title}, which is not read here; ${UNPACK_YOURSELF}`,
    };
  }
  if (known) return { format: known.format, refusal: null };
  if (isTarHeader(head)) return { format: "tar", refusal: null };
  if (head.toString("latin1", 0, 23) === "version https://git-lfs") {
    return {
      format: "unknown",
      refusal: "this is a git-LFS pointer, its contents are elsewhere; run `git lfs pull`",
    };
  }
  return {
    format: "unknown",
    refusal: `this is neither tar, gzip, zstd nor zip, or it is damaged; fetch it again, or ${UNPACK_YOURSELF}`,
  };
}

/** Zstandard may begin with a frame that holds no data, as parallel compressors write it. */
function skippableZstd(head: Buffer): { format: ArchiveFormat; title: string } | undefined {
  const isSkippable =
    ((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
  return isSkippable ? { format: "zstd", title: "zstd" } : undefined;
}

/** Whether 512 bytes are the header of a tar entry: its checksum fits. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < 512) return false;
  let sum = 0;
  for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  const stored = Buffer.from(block.subarray(148, 156)).toString("latin1").replace(/\0.*$/s, "").trim();
  return /^[0-7]+$/.test(stored) && Number.parseInt(stored, 8) === sum;
}
