import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shell } from "../../src/agent/shell.ts";
import { VIRTUAL_DIFFERENCES } from "../../src/agent/virtual-differences.ts";
import { FILES_CASES } from "./shell-cases/files.ts";
import { caseFolder } from "./shell-cases/folder.ts";
import { JQ_CASES } from "./shell-cases/jq.ts";
import { LANGUAGE_CASES } from "./shell-cases/language.ts";
import { TEXT_CASES } from "./shell-cases/text.ts";
import { SHELLS, shellOver } from "./shells.ts";

const CASES = [...LANGUAGE_CASES, ...FILES_CASES, ...TEXT_CASES, ...JQ_CASES];

for (const { kind, works } of SHELLS) {
  describe.runIf(works)(`the same commands in the ${kind} shell`, () => {
    let shell: Shell;
    beforeAll(async () => {
      shell = await shellOver(kind, caseFolder());
    });
    afterAll(() => shell.dispose());

    it.each(CASES)("$command", async ({ command, virtual, ...usual }) => {
      const { output, exit_code = 0 } = kind === "virtual" ? (virtual ?? usual) : usual;
      const result = await shell.run(command);
      expect(result).toEqual({ output, exit_code, stopped: null, elided_chars: 0 });
    });
  });
}

describe("what the model is told of the virtual shell", () => {
  const told = CASES.flatMap(({ command, virtual }) => (virtual ? [{ command, told: virtual.told }] : []));

  it.each(told)("covers $command", ({ told: words }) => {
    expect(VIRTUAL_DIFFERENCES.filter((sentence) => sentence.includes(words))).toHaveLength(1);
  });

  it.each(VIRTUAL_DIFFERENCES)("is seen in a command: %s", (sentence) => {
    expect(told.some(({ told: words }) => sentence.includes(words))).toBe(true);
  });
});
