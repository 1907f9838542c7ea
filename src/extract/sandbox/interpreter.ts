import fs from "node:fs";
import { createRequire } from "node:module";

/** The compiled interpreter: a `WebAssembly.Module`, a type that only a browser's library declares. */
export type Interpreter = object;

interface Compiler {
  Module: new (bytes: Uint8Array) => Interpreter;
}

let compiled: Interpreter | undefined;

/** The interpreter, compiled once; threads share it. */
export function interpreter(): Interpreter {
  if (compiled) return compiled;
  const file = createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm");
  const { WebAssembly } = globalThis as unknown as { WebAssembly: Compiler };
  compiled = new WebAssembly.Module(fs.readFileSync(file));
  return compiled;
}
