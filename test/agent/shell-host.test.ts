import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { tempRun } from "../support/temp-run.ts";
import { SHELLS } from "./shells.ts";
import { sleeping } from "./sleeping.ts";

const OPEN_SHELL = fileURLToPath(new URL("../../dist/src/agent/open-shell.js", import.meta.url));
const SLEEP_SECONDS = "87654.3219";

/** A program that runs one command in a bubblewrap shell over an empty folder and prints what came of it. */
function programThatRuns(command: string): string {
  const setup = {
    folder: tempRun({}),
    tools: {},
    limits: { seconds: 60, memory_mb: 256, output_chars: 1000, scratch_mb: 1 },
  };
  return `
    const { openShell } = await import(${JSON.stringify(OPEN_SHELL)});
    const shell = await openShell("bubblewrap", ${JSON.stringify(setup)});
    console.log(JSON.stringify(await shell.run(${JSON.stringify(command)})));
  `;
}

describe.runIf(SHELLS.some(({ kind, works }) => kind === "bubblewrap" && works))(
  "the bubblewrap shell in its host process",
  () => {
    it("ends with a host process that is killed", async () => {
      const host = execa(
        "node",
        ["--input-type=module", "-e", programThatRuns(`setsid sleep ${SLEEP_SECONDS}`)],
        {
          reject: false,
        },
      );
      await expect.poll(() => sleeping(SLEEP_SECONDS).length, { timeout: 30_000 }).toBe(1);
      host.kill("SIGKILL");
      await host;
      await expect.poll(() => sleeping(SLEEP_SECONDS), { timeout: 30_000 }).toEqual([]);
    });

    it("hands on no descriptor that the host process was started with", async () => {
      const file = path.join(tempRun({ "secret.txt": "hunter2" }), "secret.txt");
      const places = Array.from({ length: 40 }, (_, place) =>
        place === 39 ? fs.openSync(file, "r") : "ignore",
      );
      const read = "cat /proc/self/fd/42 /proc/2/fd/42 /dev/fd/42; cat <&42; ls -l /proc/self/fd";
      const script = [
        // The descriptor is there in the first place.
        `console.log((await import("node:fs")).readlinkSync("/proc/self/fd/42"));`,
        programThatRuns(`bash -c '${read}'`),
      ].join("\n");
      const { spawn } = await import("node:child_process");
      const host = spawn("node", ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit", ...places],
      });
      let said = "";
      host.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      await new Promise((resolve) => host.on("close", resolve));
      const [link, result = ""] = said.trim().split("\n");
      expect(link).toBe(fs.realpathSync(file));
      expect(result).not.toMatch(/hunter2|secret/);
      expect(result).toContain("/dev/null");
    });
  },
);
