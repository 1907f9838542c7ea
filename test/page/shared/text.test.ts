import { expect, it } from "vitest";
import {
  characterWords,
  dollarWords,
  durationWords,
  plural,
  shortCount,
  stepRanges,
} from "../../../src/page/shared/format.ts";
import { plainLine, plainText } from "../../../src/page/shared/plain-text.ts";

it("leaves text as it is, and of harmful characters their pictures or nothing", () => {
  expect(plainText("a\tb\nc é 漢 👩‍💻")).toBe("a\tb\nc é 漢 👩‍💻");
  expect(plainText("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007x")).toBe("red x");
  expect(plainText("a\u0000b\u0007c\u007f")).toBe("a␀b␇c␡");
  expect(plainText("a\u202eb\u2066c\u200bd\ufeffe\u0091f\u{e0041}")).toBe("a�b�c�d�e�f�");
  expect(plainText("one\r\ntwo\rthree\u2028four")).toBe("one\ntwo⏎\nthree\nfour");
  expect(plainText(`e${"\u0301".repeat(50)}`)).toBe("e\u0301\u0301\u0301");
  expect(plainLine(" a\n  b ")).toBe("a ⏎ b");
});

it("writes figures short", () => {
  expect([0, 340, 4200, 59_960, 200_000, 7_500_000].map(durationWords)).toEqual([
    "0 ms",
    "340 ms",
    "4.2 s",
    "1 min 0 s",
    "3 min 20 s",
    "2 h 5 min",
  ]);
  expect([0, 999, 1234, 12_345, 999_499, 4_500_000].map(shortCount)).toEqual([
    "0",
    "999",
    "1.2k",
    "12k",
    "999k",
    "4.5M",
  ]);
  expect([0, 0.00012, 0.0356, 1.5].map(dollarWords)).toEqual(["$0", "$0.0001", "$0.0356", "$1.50"]);
  expect([1, 9999, 48_000].map(characterWords)).toEqual([
    "1 character",
    "9,999 characters",
    "48k characters",
  ]);
  expect(plural(1200, "step")).toBe("1,200 steps");
  expect(stepRanges([1, 2, 3, 7])).toBe("1–3, 7");
});
