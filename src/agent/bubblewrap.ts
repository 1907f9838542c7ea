import fs from "node:fs";
import { CodeTracerError } from "../util/errors.ts";
import { assembleShell, interrupted, type SandboxResult } from "./assemble-shell.ts";
import { bubblewrapArguments } from "./bubblewrap-arguments.ts";
import { runBubblewrap, type SandboxRun } from "./bubblewrap-run.ts";
import { Scratch } from "./scratch.ts";
import { packStart, unpackScratch } from "./scratch-tar.ts";
import type { Shell, ShellSetup } from "./shell.ts";

/** The places beside `/usr` where programs and libraries stand; on most systems they are links into it. */
const OTHER_PLACES = ["/bin", "/sbin", "/lib", "/lib32", "/lib64"];
const KILLED = 137;

/** The system's own `/bin/sh`, each command in a bubblewrap of its own. Works where `probeBubblewrap` says so. */
export function openBubblewrap(setup: ShellSetup): Shell {
  const args = bubblewrapArguments(fs.realpathSync(setup.folder), setup.limits, linksOfHost());
  return assembleShell(
    {
      kind: "bubblewrap",
      differences: [],
      async run(command, scratch, signal) {
        const start = await packStart(setup.tools, command, scratch);
        return await resultOf(await runBubblewrap(args, start, setup.limits, signal));
      },
      end: async () => {},
    },
    new Scratch(setup.limits.scratch_mb),
  );
}

async function resultOf(done: SandboxRun): Promise<SandboxResult> {
  if (done.stopped === "aborted") throw interrupted();
  if (!done.ready && done.stopped === null) throw notStarted(done.errors);
  return {
    ...done.output,
    exit_code: done.exit_code ?? KILLED,
    stopped: done.stopped,
    scratch: done.tar === null ? "there is too much of it" : await contentOf(done.tar),
  };
}

async function contentOf(tar: Uint8Array): Promise<SandboxResult["scratch"]> {
  return (await unpackScratch(tar)) ?? "the command ended its own shell";
}

function linksOfHost(): Record<string, string | null> {
  const links: Record<string, string | null> = {};
  for (const place of OTHER_PLACES) {
    const stat = fs.lstatSync(place, { throwIfNoEntry: false });
    if (stat !== undefined) links[place] = stat.isSymbolicLink() ? fs.readlinkSync(place) : null;
  }
  return links;
}

function notStarted(errors: string): CodeTracerError {
  const said = errors.trim().split("\n")[0]?.slice(0, 200) || "it said nothing";
  return new CodeTracerError(
    "sandbox",
    `bubblewrap did not start the command: ${said}; take --shell virtual, or see to it that bwrap works on this machine`,
  );
}
