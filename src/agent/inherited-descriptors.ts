import fs from "node:fs";

const CLOSED_ON_EXEC = 0o2000000;
const STANDARD = 3;

/**
 * Descriptors beyond the standard ones that this process was started with and that every child would get as well: what they lead to is
 * none of a command's business, and would be within its reach. Needs Linux; elsewhere there are none.
 */
export function inheritedDescriptors(): number[] {
  return list("/proc/self/fdinfo")
    .map(Number)
    .filter((descriptor) => descriptor >= STANDARD && isInherited(descriptor));
}

function isInherited(descriptor: number): boolean {
  try {
    const info = fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8");
    const flags = /^flags:\s+([0-7]+)$/m.exec(info)?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) === 0;
  } catch {
    // The one that the list was read through.
    return false;
  }
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
