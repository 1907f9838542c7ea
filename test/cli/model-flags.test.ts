import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addModelFlags, type ModelFlags, modelOptions, modelSpec } from "../../src/cli/model-flags.ts";

const IO = {
  env: { CODETRACER_MODEL: "openai/from-env" } as Record<string, string>,
  cwd: "/work",
  now: () => 7,
};

function parsed(args: readonly string[]): ModelFlags {
  const command = addModelFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse([...args], { from: "user" }).opts<ModelFlags>();
}

it("has defaults", () => {
  const { now, ...options } = modelOptions(parsed([]), IO);
  expect(options).toEqual({
    base_url: null,
    api: "auto",
    env: IO.env,
    cwd: "/work",
    timeout_ms: 300_000,
    max_retries: 4,
    concurrency: 4,
    record_to: null,
    prices: null,
    context_tokens: null,
  });
  expect(now()).toBe(7);
});

it("takes all that can be said of a model", () => {
  const args =
    "--model openai/m --base-url http://h/v1 --api chat --prices p.json --record r --model-timeout 20 --retries 0 --model-concurrency 8 --context-tokens 1048576";
  const flags = parsed(args.split(" "));
  expect(modelSpec(flags, IO)).toBe("openai/m");
  expect(modelOptions(flags, IO)).toMatchObject({
    base_url: "http://h/v1",
    api: "chat",
    timeout_ms: 20_000,
    max_retries: 0,
    concurrency: 8,
    record_to: "r",
    prices: "p.json",
    context_tokens: 1_048_576,
  });
});

describe("the model", () => {
  it.each([
    [{}, {}, null],
    [{}, { CODETRACER_MODEL: " " }, null],
    [{}, { CODETRACER_MODEL: "exec:cat" }, "exec:cat"],
    [{ model: "openai/m" }, { CODETRACER_MODEL: "exec:cat" }, "openai/m"],
  ])("of %j and %j is %j", (flags, env, expected) => {
    expect(modelSpec(flags, { env })).toBe(expected);
  });
});

it.each([
  ["--model-timeout", "0", "1"],
  ["--model-timeout", "1.5", "1"],
  ["--retries", "-1", "0"],
  ["--model-concurrency", "many", "1"],
  ["--context-tokens", "9999999", "1"],
])("refuses %s %s", (flag, value, least) => {
  expect(() => modelOptions(parsed([`${flag}=${value}`]), IO)).toThrow(
    `${flag} takes a whole number from ${least} to 2000000, not ${value}`,
  );
});

it("refuses an interface that there is not", () => {
  expect(() => parsed(["--api", "grpc"])).toThrow(/grpc/);
});
