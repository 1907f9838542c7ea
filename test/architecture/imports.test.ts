import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What each part may import, besides itself. The data flows raw files → extractor → index → trace → report;
 * imports point back to the vocabulary, never forward.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/trajectory": [],
  "src/util": [],
  "src/run": ["src/trajectory", "src/util"],
  "src/extract": ["src/trajectory", "src/util", "src/run", "src/model", "src/agent"],
  "src/index-run": ["src/trajectory", "src/util"],
  "src/model": ["src/util"],
  "src/agent": ["src/util", "src/model"],
  "src/trace": ["src/trajectory", "src/util", "src/index-run", "src/model", "src/agent"],
  "src/memory": ["src/trajectory", "src/util", "src/run", "src/trace"],
  "src/stats": [],
  "src/report": ["src/trajectory", "src/util", "src/workspace", "src/page"],
  "src/workspace": ["src/trajectory", "src/util"],
  "src/hint": [
    "src/trajectory",
    "src/util",
    "src/workspace",
    "src/report",
    "src/model",
    "src/agent",
    "src/trace",
  ],
  "src/replay": [
    "src/trajectory",
    "src/util",
    "src/workspace",
    "src/report",
    "src/run",
    "src/index-run",
    "src/agent",
    "src/analyze",
    "src/hint",
    "src/stats",
  ],
  "src/compare": ["src/trajectory", "src/util", "src/workspace", "src/report"],
  "src/walk": ["src/trajectory", "src/util", "src/workspace", "src/report"],
  "src/record": ["src/util", "src/run"],
  "src/fleet": [
    "src/trajectory",
    "src/util",
    "src/workspace",
    "src/report",
    "src/model",
    "src/agent",
    "src/analyze",
    "src/trace",
    "src/stats",
    "src/index-run",
  ],
  "src/export": ["src/trajectory", "src/util", "src/workspace"],
  "src/page": ["src/trajectory"],
  "src/analyze": [
    "src/trajectory",
    "src/util",
    "src/run",
    "src/extract",
    "src/index-run",
    "src/trace",
    "src/memory",
    "src/workspace",
    "src/model",
    "src/agent",
  ],
  "src/cli": [
    "src/hint",
    "src/replay",
    "src/compare",
    "src/walk",
    "src/record",
    "src/fleet",
    "src/export",
    "src/trajectory",
    "src/util",
    "src/run",
    "src/extract",
    "src/analyze",
    "src/trace",
    "src/report",
    "src/memory",
    "src/workspace",
    "src/model",
    "src/agent",
  ],
  "src/index.ts": [
    "src/compare",
    "src/hint",
    "src/trajectory",
    "src/util",
    "src/run",
    "src/extract",
    "src/index-run",
    "src/trace",
    "src/analyze",
    "src/workspace",
    "src/report",
    "src/model",
    "src/agent",
  ],
  // Fitting works on the inside of the rules and of the selection, which faces of their own name one by one.
  bench: [
    "src/index.ts",
    "src/stats",
    "src/report",
    "src/trace/rules/fitting.ts",
    "src/trace/select/fitting.ts",
  ],
};

const TOOLKIT = "src/extract/toolkit/index.ts";
/** The only file of ours outside `extractors/` that may import from there. */
const REGISTRY = "src/extract/registry.generated.ts";

/**
 * The command line offers the benchmark harness, which stands on the library as any other user of it does. Loaded when it is
 * called, by this one command only.
 */
const HARNESS = {
  file: "src/cli/commands/bench.ts",
  target: "bench/codetracebench/index.ts",
};

const files = ["src", "extractors", "bench"].flatMap((folder) => sourcesBelow(folder));
const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

describe("imports", () => {
  it("are seen at all", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it("point one way", () => {
    const wrong = imports.filter(({ file, target }) => !isAllowed(file, target));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it("make no circles at run time", () => {
    expect(circles()).toEqual([]);
  });
});

function isAllowed(file: string, target: string): boolean {
  if (file === HARNESS.file && target === HARNESS.target) return true;
  if (file.startsWith("extractors/")) {
    if (target.startsWith("extractors/"))
      return target.startsWith("extractors/_") || partOf(file) === partOf(target);
    return target === TOOLKIT;
  }
  if (target.startsWith("extractors/")) return file === REGISTRY;
  const part = partOf(file);
  return (
    partOf(target) === part ||
    (MAY_IMPORT[part] ?? []).some((allowed) => target === allowed || target.startsWith(`${allowed}/`))
  );
}

function partOf(file: string): string {
  if (file === "src/index.ts") return file;
  return file.startsWith("bench/") ? "bench" : file.split("/").slice(0, 2).join("/");
}

function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target = ""]) =>
    path.posix.join(path.posix.dirname(file), target),
  );
}

function circles(): string[] {
  const edges = new Map<string, string[]>();
  for (const file of files) {
    const text = fs
      .readFileSync(path.join(ROOT, file), "utf8")
      .replace(/^(?:import|export) type [^;]*;/gm, "");
    const targets = [...text.matchAll(/^(?:import|export)[^;]*?from\s+"(\.[^"]+)"/gm)];
    edges.set(
      file,
      targets.map(([, target = ""]) => path.posix.join(path.posix.dirname(file), target)),
    );
  }
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const target of edges.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  return found;
}

function sourcesBelow(folder: string): string[] {
  const names = fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("/fixtures/") && !name.includes("/_template/"));
}
