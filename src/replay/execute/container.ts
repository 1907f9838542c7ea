import { CodeTracerError } from "../../util/errors.ts";
import { type Confinement, scriptArguments } from "./confinement.ts";
import { type ProcessSetup, runProcess } from "./run-process.ts";

/** Why commands cannot be run in a container; null = they can. */
export async function whyNoContainer(confinement: Confinement, signal: AbortSignal): Promise<string | null> {
  const { args, ...started } = confinement.start("exit 7", 1, 0);
  const end = await runProcess({ ...started, args, timeout_ms: 30_000, max_output_chars: 400, signal });
  if (end.exit_code === 7) return null;
  if (end.stopped === "start") return `${started.program} cannot be started`;
  return end.output.trim().split("\n")[0] || "bash does not run in it";
}

/** Commands run in a container that runs already, in its working directory, and reach all that it reaches. */
export function inContainer(
  name: string,
  planDigest: string,
  env: ProcessSetup["env"],
  cwd: string,
): Confinement {
  const [, engine = "docker", container = ""] = /^(?:(docker|podman):)?([\w][\w.-]{0,127})$/.exec(name) ?? [];
  if (container === "")
    throw new CodeTracerError(
      "bad_argument",
      `--container ${name}: takes the name of a running container, or podman:<name>`,
    );
  return {
    kind: "container",
    where: `${engine}:${container}`,
    seen_as: null,
    start(script, stepId, seconds) {
      const state = `/tmp/codetracer-replay-${planDigest.slice(0, 12)}`;
      const args = [
        "exec",
        "-i",
        container,
        "bash",
        "-s",
        "--",
        ...scriptArguments(".", state, stepId, seconds),
        "--anywhere",
      ];
      return { program: engine, args, input: script, cwd, env };
    },
  };
}
