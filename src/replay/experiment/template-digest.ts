import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";

/**
 * A digest over the names, modes and contents of all files below a folder; of a link, over where it leads. Throws CodeTracerError `bad_argument` where
 * it is no folder or cannot be read.
 */
export function templateDigest(folder: string): string {
  const hash = createHash("sha256");
  try {
    if (!fs.statSync(folder).isDirectory()) throw new Error("no folder");
    const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    for (const name of names) addEntry(hash, folder, name);
  } catch (error) {
    throw new CodeTracerError("bad_argument", `--template-dir ${folder} cannot be read as a folder`, {
      path: folder,
      cause: error,
    });
  }
  return hash.digest("hex");
}

function addEntry(hash: ReturnType<typeof createHash>, folder: string, name: string): void {
  const file = path.join(folder, name);
  const stat = fs.lstatSync(file);
  hash.update(`${JSON.stringify(name)} ${stat.mode} ${stat.isDirectory() ? 0 : stat.size}\n`);
  if (stat.isSymbolicLink()) hash.update(fs.readlinkSync(file));
  else if (stat.isFile()) hash.update(fs.readFileSync(file));
}
