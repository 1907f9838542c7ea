#!/usr/bin/env node
import { setMaxListeners } from "node:events";
import { main } from "./program.ts";

const abort = new AbortController();
// Every run of a batch that waits for a model listens to it.
setMaxListeners(0, abort.signal);
/** The first interrupt stops the work, a second one ends the process at once. */
function onInterrupt(): void {
  if (abort.signal.aborted) process.exit(130);
  abort.abort();
}
process.on("SIGINT", onInterrupt);
// A reader such as head that closes the pipe early is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  // Looking at the stream opens it: most commands must not wait on a terminal or a pipe.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  signal: abort.signal,
  on: (event, listener) => {
    process.on(event, listener);
    return () => process.off(event, listener);
  },
  takeInterrupts: (listener) => {
    process.off("SIGINT", onInterrupt);
    process.on("SIGINT", listener);
    return () => {
      process.off("SIGINT", listener);
      process.on("SIGINT", onInterrupt);
    };
  },
  raise: (signal) => {
    process.kill(signal === "SIGTSTP" ? 0 : process.pid, signal);
  },
});
