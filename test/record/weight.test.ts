import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** What a file loads, over all that it imports: our files, and the names of everything else. */
function loaded(
  file: string,
  files = new Set<string>(),
  others = new Set<string>(),
): [Set<string>, Set<string>] {
  if (files.has(file)) return [files, others];
  files.add(file);
  for (const [, target = ""] of fs
    .readFileSync(file, "utf8")
    .matchAll(/^(?:import|export)(?! type)[^;]*?from "([^"]+)";/gm)) {
    if (target.startsWith(".")) loaded(path.join(path.dirname(file), target), files, others);
    else others.add(target);
  }
  return [files, others];
}

it("an agent that records itself loads Node's modules and few files", () => {
  const [files, others] = loaded(path.join(SRC, "record/index.ts"));
  expect([...others].filter((name) => !name.startsWith("node:"))).toEqual([]);
  const folders = new Set([...files].map((file) => path.relative(SRC, path.dirname(file))));
  expect([...folders].sort()).toEqual(["record", "run/redact", "util"]);
});
