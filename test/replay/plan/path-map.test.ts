import { describe, expect, it } from "vitest";
import { mappedText, parseMap } from "../../../src/replay/plan/path-map.ts";

describe("a mapped path", () => {
  it.each([
    ["/app=.", { recorded: "/app", within: "." }],
    ["/home/me/pro ject/=./", { recorded: "/home/me/pro ject", within: "." }],
    ["/data=./in/data/", { recorded: "/data", within: "in/data" }],
  ])("%s", (text, map) => {
    expect(parseMap(text)).toEqual(map);
  });

  it.each([
    ["/app", "there is no = in it"],
    ["app=.", "the recorded path must be absolute and plain"],
    ["/a/../etc=.", "the recorded path must be absolute and plain"],
    ["/usr/lib=.", "the system's own folders cannot be mapped"],
    ["/=.", "the system's own folders cannot be mapped"],
    ["/app=..", "the folder must lie within --workdir"],
    ["/app=/etc", "the folder must lie within --workdir"],
    ["/app=a/../..", "the folder must lie within --workdir"],
  ])("refuses %s", (text, why) => {
    expect(() => parseMap(text)).toThrow(
      `--map ${text}: ${why}; it takes a recorded path and a folder within --workdir, such as /app=. or /data=data`,
    );
  });

  it("is replaced where it begins a path, and only there", () => {
    const maps = [parseMap("/app=."), parseMap("/app/data=d")];
    const text =
      "cd /app && cat /app/a '/app/data/b' -I/app/c --x=/app; /apple /x/app ./app /app.old /app-2 /app/database";
    expect(mappedText(text, maps, "@@M@@")).toBe(
      "cd @@M@@ && cat @@M@@/a '@@M@@/d/b' -I@@M@@/c --x=@@M@@; /apple /x/app ./app /app.old /app-2 @@M@@/database",
    );
  });
});
