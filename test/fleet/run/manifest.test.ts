import path from "node:path";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../../src/fleet/run/manifest.ts";
import { tempRun } from "../../support/temp-run.ts";

const RUNS = { "runs/a/x.json": "", "runs/b, c/x.json": "" };

function read(name: string, text: string) {
  const folder = tempRun({ ...RUNS, [name]: text });
  const manifest = readManifest(path.join(folder, name));
  if (manifest === null) return null;
  return { ...manifest, runs: manifest.runs.map((run) => path.relative(folder, run)) };
}

describe("readManifest", () => {
  it("reads a path a line, with comments, empty lines and doubles left out", () => {
    const text = "\uFEFF# mine\r\nruns/a\r\n\r\n  ./runs/b, c  \nruns/a\nruns/gone\n";
    expect(read("list.txt", text)).toEqual({ runs: ["runs/a", "runs/b, c", "runs/gone"], problems: [] });
  });

  it("takes absolute paths as they are", () => {
    const folder = tempRun(RUNS);
    const list = tempRun({ "list.txt": `${folder}/runs/a` });
    expect(readManifest(path.join(list, "list.txt"))?.runs).toEqual([path.join(folder, "runs/a")]);
  });

  it("reads the path column of a CSV, quoted or not, and the first one where no header names it", () => {
    const text = 'id,path\n1,runs/a\n2,"runs/b, c"\n3,\n';
    expect(read("list.csv", text)).toEqual({
      runs: ["runs/a", "runs/b, c"],
      problems: [{ line: 4, message: "names no run: its path column is empty" }],
    });
    expect(read("list.tsv", "runs/b, c\tx\nruns/a\ty\n")?.runs).toEqual(["runs/b, c", "runs/a"]);
  });

  it("reads strings and path keys of JSON Lines, and says which lines name none", () => {
    const lines = ['"runs/a"', '{"artifact_path":"runs/b, c","solved":true}', "{broken", '{"id":1}'];
    expect(read("list.jsonl", lines.join("\n"))).toEqual({
      runs: ["runs/a", "runs/b, c"],
      problems: [
        { line: 3, message: "is not JSON" },
        {
          line: 4,
          message:
            "names no run: expected a string, or one of the keys path, run, run_path, artifact_path, trajectory_path",
        },
      ],
    });
  });

  it("takes a file for a run where none of its first entries names anything that is there", () => {
    expect(read("session.jsonl", '{"type":"user","path":"nowhere"}')).toBeNull();
    expect(read("notes.txt", "Some words.\n")).toBeNull();
    expect(read("run.json", '"runs/a"')).toBeNull();
    expect(readManifest("/nowhere/list.txt")).toBeNull();
  });
});
