import { describe, expect, test } from "vitest";
import { cutMiddle, plainText, visibleText } from "../../../src/trace/views/plain-text.ts";

describe("plainText", () => {
  test.each([
    ["colours", "\u001b[1;31mred\u001b[0m", "red"],
    ["a title sequence", "\u001b]0;title\u0007prompt", "prompt"],
    ["an unfinished title takes its line only", "\u001b]0;title\nnext", "\nnext"],
    ["a progress bar", "10%\r50%\r100%\nnext", "100%\nnext"],
    ["a line that was cleared in the end", "text\r   \nnext", "text\nnext"],
    ["Windows line ends", "a\r\nb\r\r\n", "a\nb\n"],
    ["bells and backspaces", "a\u0007b\u0008c", "abc"],
    ["zero-width and direction marks", "a\u200bb\u202ec\ufeff", "abc"],
    ["lone surrogates", "a\ud800b\udc00c", "abc"],
    ["other scripts and emoji", "größe 数据 🎉", "größe 数据 🎉"],
    ["tabs", "a\tb", "a\tb"],
  ])("%s", (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test("is quick on a line of two million overwrites", { timeout: 20_000 }, () => {
    expect(plainText("x\r".repeat(2_000_000))).toBe("x");
    expect(visibleText("\u001b]".repeat(1_000_000))).toBe("");
  });
});

describe("cutMiddle", () => {
  test("keeps both ends and says what is missing", () => {
    expect(cutMiddle("a".repeat(60) + "b".repeat(60), 10)).toBe(
      "aaaaaa\n[… 110 characters left out …]\nbbbb",
    );
    expect(cutMiddle("short", 10)).toBe("short");
  });

  test("cuts no surrogate pair", () => {
    expect(cutMiddle("🎉".repeat(10), 5)).toBe("🎉\n[… 16 characters left out …]\n🎉");
  });
});
