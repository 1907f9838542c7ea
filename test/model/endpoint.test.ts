import { expect, it } from "vitest";
import { endpointOf } from "../../src/model/endpoint.ts";

const AUTO = { base_url: null, api: "auto", env: {} } as const;

it.each([
  ["openai/m", AUTO, "openai", "responses", null],
  ["openai/m", { ...AUTO, api: "chat" as const }, "openai", "chat", null],
  ["openai/m", { ...AUTO, base_url: "http://h:1/v1" }, "openai", "chat", "http://h:1/v1"],
  [
    "openai/m",
    { ...AUTO, base_url: "https://api.openai.com/v1" },
    "openai",
    "responses",
    "https://api.openai.com/v1",
  ],
  ["openai/m", { ...AUTO, env: { OPENAI_BASE_URL: "http://h/v1" } }, "openai", "chat", "http://h/v1"],
  ["openai/m", { ...AUTO, env: { OPENAI_BASE_URL: " " } }, "openai", "responses", null],
  ["openai/m", { ...AUTO, env: { ANTHROPIC_BASE_URL: "http://h" } }, "openai", "responses", null],
  ["anthropic/m", { ...AUTO, env: { ANTHROPIC_BASE_URL: "http://h" } }, "anthropic", "messages", "http://h"],
  ["exec:cat", AUTO, "command", null, null],
  ["scripted:a", AUTO, "script", null, null],
  ["recorded:a", AUTO, "recording", null, null],
])("of %s with %j", (spec, options, provider, api, base_url) => {
  expect(endpointOf(spec, options)).toEqual({ provider, api, base_url });
});
