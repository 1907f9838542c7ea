import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeTemporaryFolder, temporaryFolder } from "../../src/util/temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let built = "";

beforeAll(() => {
  built = fs.mkdtempSync(path.join(os.tmpdir(), "folder-test-"));
  const source = path.join(ROOT, "src/util/temporary-folder.ts");
  const flags = [
    "--ignoreConfig",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--types",
    "node",
    "--typeRoots",
    path.join(ROOT, "node_modules/@types"),
  ];
  const { stdout, status } = spawnSync(
    process.execPath,
    [path.join(ROOT, "node_modules/typescript/bin/tsc"), ...flags, "--outDir", built, source],
    { encoding: "utf8" },
  );
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  fs.writeFileSync(path.join(built, "package.json"), '{"type":"module"}');
});
afterAll(() => fs.rmSync(built, { recursive: true }));

/** Runs a program that makes a folder and prints it, then sends it a signal. */
function run(
  script: string,
  signal?: NodeJS.Signals,
): Promise<{ folder: string; code: number | null; signal: string | null; wasThere: boolean }> {
  const program = `import { removeTemporaryFolders, temporaryFolder } from ${JSON.stringify(path.join(built, "temporary-folder.js"))};
    import fs from "node:fs"; import { Worker, isMainThread } from "node:worker_threads"; ${script}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  return new Promise((resolve) => {
    let folder = "";
    let wasThere = false;
    child.stdout.on("data", (chunk) => {
      folder = String(chunk).trim();
      wasThere = fs.existsSync(path.join(folder, "file"));
      if (signal) child.kill(signal);
    });
    child.on("close", (code, by) => resolve({ folder, code, signal: by, wasThere }));
  });
}

const MAKE = `const folder = temporaryFolder(); fs.writeFileSync(folder + "/file", ""); fs.writeSync(1, folder);`;
const WAIT = "setTimeout(() => {}, 20_000);";

describe("temporaryFolder", () => {
  it("is private and named after the program", () => {
    const folder = temporaryFolder();
    expect(path.basename(folder)).toMatch(/^codetracer-/);
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    removeTemporaryFolder(folder);
    removeTemporaryFolder(folder);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it("leaves no listeners behind once all folders are removed", () => {
    const before = process.listenerCount("SIGINT");
    const folders = [temporaryFolder(), temporaryFolder()];
    expect(process.listenerCount("SIGINT")).toBe(before + 1);
    folders.forEach(removeTemporaryFolder);
    expect(process.listenerCount("SIGINT")).toBe(before);
  });

  it.each<[string, string, NodeJS.Signals | undefined, { code: number | null; signal: string | null }]>([
    ["at the end of the process", MAKE, undefined, { code: 0, signal: null }],
    ["when the process throws", `${MAKE} throw new Error("bug");`, undefined, { code: 1, signal: null }],
    ["on SIGINT, which still ends the process", MAKE + WAIT, "SIGINT", { code: null, signal: "SIGINT" }],
    ["on SIGTERM, which still ends the process", MAKE + WAIT, "SIGTERM", { code: null, signal: "SIGTERM" }],
    [
      "when the caller's handler ends the process",
      `process.on("SIGINT", () => process.exit(130)); ${MAKE} ${WAIT}`,
      "SIGINT",
      { code: 130, signal: null },
    ],
    [
      "only after the caller's handler is done with it",
      `process.on("SIGTERM", () => setTimeout(() => process.exit(fs.existsSync(folder) ? 3 : 4), 50)); ${MAKE} ${WAIT}`,
      "SIGTERM",
      { code: 3, signal: null },
    ],
    [
      "by the main thread for its workers",
      `const code = ${JSON.stringify(MAKE + WAIT)};
       temporaryFolder();
       process.on("SIGINT", () => { removeTemporaryFolders(); process.exit(130); });
       new Worker(new URL("data:text/javascript," + encodeURIComponent('import fs from "node:fs"; import { temporaryFolder } from ' + JSON.stringify(${JSON.stringify(`file://`)} + ${JSON.stringify("BUILT")}) + ";" + code)));`,
      "SIGINT",
      { code: 130, signal: null },
    ],
  ])("is removed %s", async (_, script, signal, end) => {
    const { folder, wasThere, ...ended } = await run(
      script.replace("BUILT", path.join(built, "temporary-folder.js")),
      signal,
    );
    expect(wasThere || signal === undefined).toBe(true);
    expect(folder).toContain("codetracer-");
    expect(ended).toEqual(end);
    expect(fs.existsSync(folder)).toBe(false);
  });
});
