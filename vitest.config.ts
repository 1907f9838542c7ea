import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most tests wait for processes that they start: a processor to spare gains nothing.
    maxWorkers: "100%",
    // A page shows what a key did a moment later.
    expect: { poll: { timeout: 30_000 } },
    // Only against tests that hang: a busy machine is no failure.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
