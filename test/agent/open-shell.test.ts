import { describe, expect, it } from "vitest";
import { probeBubblewrap } from "../../src/agent/bubblewrap-probe.ts";
import { openShell } from "../../src/agent/open-shell.ts";
import { DEFAULT_SHELL_LIMITS } from "../../src/agent/shell.ts";
import { VIRTUAL_DIFFERENCES } from "../../src/agent/virtual-differences.ts";
import { tempRun } from "../support/temp-run.ts";

const WHY_NOT = await probeBubblewrap();
const SETUP = { folder: tempRun({}), tools: {}, limits: DEFAULT_SHELL_LIMITS };

describe("opening a shell", () => {
  it("takes bubblewrap where it works, and the virtual shell elsewhere", async () => {
    const shell = await openShell("auto", SETUP);
    expect(shell.kind).toBe(WHY_NOT === null ? "bubblewrap" : "virtual");
    await shell.dispose();
  });

  it("opens the virtual shell where it is asked for, and tells what is different", async () => {
    const shell = await openShell("virtual", SETUP);
    expect({ kind: shell.kind, differences: shell.differences }).toEqual({
      kind: "virtual",
      differences: VIRTUAL_DIFFERENCES,
    });
    await shell.dispose();
  });

  it.runIf(WHY_NOT !== null)("never does without a sandbox", async () => {
    await expect(openShell("bubblewrap", SETUP)).rejects.toMatchObject({ code: "sandbox" });
  });

  it("asks once whether bubblewrap works", () => {
    expect(probeBubblewrap()).toBe(probeBubblewrap());
  });
});
