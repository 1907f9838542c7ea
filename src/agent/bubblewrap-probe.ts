import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { messageOf } from "../util/errors.ts";
import { openBubblewrap } from "./bubblewrap.ts";
import { DEFAULT_SHELL_LIMITS } from "./shell.ts";

/** What every command may count on. */
const TOOLS = ["jq", "tar", "prlimit", "awk", "sed", "grep", "sort", "find", "head", "tail"];
const COMMAND = `for tool in ${TOOLS.join(" ")}; do command -v "$tool" >/dev/null || echo "no $tool"; done
echo '{"works":true}' > /scratch/probe.json && jq -r .works /scratch/probe.json`;
const CHILDREN = "/proc/thread-self/children";

let probed: Promise<string | null> | undefined;

/** Whether commands can run in bubblewrap here, by running one: null = they can, else why not. Asked only once. */
export function probeBubblewrap(): Promise<string | null> {
  probed ??= probe();
  return probed;
}

async function probe(): Promise<string | null> {
  if (os.platform() !== "linux") return "bubblewrap needs Linux";
  if (!fs.existsSync(CHILDREN)) return `the kernel does not list child processes (${CHILDREN})`;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "codetracer-probe-"));
  try {
    const shell = openBubblewrap({ folder, tools: {}, limits: DEFAULT_SHELL_LIMITS });
    const { output, exit_code, stopped } = await shell.run(COMMAND);
    if (exit_code === 0 && output === "true\n" && shell.take("probe.json") !== null) return null;
    const missing = [...output.matchAll(/^no (\w+)$/gm)].map(([, tool]) => tool);
    if (missing.length > 0) return `missing in the sandbox: ${missing.join(", ")}`;
    return stopped === null ? `a first command ended with code ${exit_code}` : "a first command hung";
  } catch (error) {
    return messageOf(error).replace(/^bubblewrap did not start the command: |; take --shell.*/g, "");
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
