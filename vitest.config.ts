import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Only against tests that hang: a busy machine is no failure.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
