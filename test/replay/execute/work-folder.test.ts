import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openWorkFolder } from "../../../src/replay/execute/work-folder.ts";
import { tempRun } from "../../support/temp-run.ts";

function folders() {
  const root = tempRun({
    "home/me/file": "",
    "run/steps/log.json": "{}",
    "repo/.git/HEAD": "",
    "repo/inner/.keep": "",
    "full/file": "",
    "marked/file": "",
    "marked/.codetracer-replay": "",
  });
  for (const name of ["empty", "run/empty"]) fs.mkdirSync(path.join(root, name));
  fs.rmSync(path.join(root, "repo/inner/.keep"));
  return root;
}

function opening(root: string, name: string, allow_checkout = false): () => unknown {
  return () =>
    openWorkFolder(path.join(root, name), {
      home: path.join(root, "home/me"),
      run: path.join(root, "run"),
      allow_checkout,
    });
}

describe("the folder of a replay", () => {
  it("is an empty one, with its state beside it", () => {
    const root = folders();
    const opened = { folder: path.join(root, "empty"), state: path.join(root, "empty.codetracer-replay") };
    expect(opening(root, "empty")()).toEqual(opened);
    fs.writeFileSync(path.join(root, "empty/now-full"), "");
    expect(opening(root, "empty")()).toEqual(opened);
    expect(fs.readdirSync(path.join(root, "empty"))).toEqual(["now-full"]);
  });

  it("is one with the marker, which no command sees", () => {
    const root = folders();
    opening(root, "marked")();
    expect(fs.readdirSync(path.join(root, "marked"))).toEqual(["file"]);
    expect(opening(root, "marked")).not.toThrow();
  });

  it.each([
    ["missing", /missing is no folder; make an empty one$/],
    ["full", /full is not empty; take an empty folder, or put a file \.codetracer-replay into this one/],
    ["home/me", /home\/me is, or holds, your home$/],
    ["home", /home is, or holds, your home$/],
    ["run", /is, holds, or lies in the recorded run /],
    ["run/empty", /is, holds, or lies in the recorded run /],
    ["repo", /repo is a git checkout; take another folder, or say --allow-checkout$/],
    ["repo/inner", /inner lies in .*repo, a git checkout; take another folder, or say --allow-checkout$/],
  ])("is not %s", (name, message) => {
    const root = folders();
    expect(opening(root, name)).toThrow(message);
    expect(fs.readdirSync(root).filter((entry) => entry.includes("codetracer-replay"))).toEqual([]);
  });

  it("is not the root of the system", () => {
    expect(() => openWorkFolder("/", { home: null, run: null, allow_checkout: true })).toThrow(
      "--workdir: / is the root of the system",
    );
  });

  it("is not reached through a link to what it must not be", () => {
    const root = folders();
    fs.symlinkSync(path.join(root, "home/me"), path.join(root, "link"));
    expect(opening(root, "link")).toThrow(/is, or holds, your home$/);
  });

  it("is a checkout where that was asked for", () => {
    const root = folders();
    expect(
      [opening(root, "repo", true), opening(root, "repo/inner", true)].map((open) => typeof open()),
    ).toEqual(["object", "object"]);
  });
});
