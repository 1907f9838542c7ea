import { probeBubblewrap } from "../../src/agent/bubblewrap-probe.ts";
import { openShell } from "../../src/agent/open-shell.ts";
import { DEFAULT_SHELL_LIMITS, type Shell, type ShellLimits } from "../../src/agent/shell.ts";
import { CASE_TOOLS } from "./shell-cases/folder.ts";

const WHY_NOT = await probeBubblewrap();

/** Both shells, and whether each can run here. */
export const SHELLS: readonly { kind: Shell["kind"]; works: boolean }[] = [
  { kind: "bubblewrap", works: WHY_NOT === null },
  { kind: "virtual", works: true },
];

/** A shell of this kind over a folder, with limits that leave room on a busy machine. */
export function shellOver(
  kind: Shell["kind"],
  folder: string,
  limits: Partial<ShellLimits> = {},
): Promise<Shell> {
  return openShell(kind, {
    folder,
    tools: CASE_TOOLS,
    limits: { ...DEFAULT_SHELL_LIMITS, seconds: 30, ...limits },
  });
}
