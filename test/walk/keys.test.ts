import { expect, it } from "vitest";
import { decodeKeys } from "../../src/walk/keys.ts";

it.each<[string, string[], string]>([
  ["a漢👍", ["a", "漢", "👍"], ""],
  ["\u001b[A\u001b[B\u001bOC\u001b[D", ["up", "down", "right", "left"], ""],
  ["\u001b[H\u001b[4~\u001b[5~\u001b[6~", ["home", "end", "pageup", "pagedown"], ""],
  ["\r\n\t\u007f\b", ["enter", "enter", "tab", "backspace", "backspace"], ""],
  ["\u0003\u001a\f", ["ctrl-c", "ctrl-z", "ctrl-l"], ""],
  // A sequence that means nothing here is no key, and nothing of it is one.
  ["\u001b[1;5Cx\u001b[200~y\u001b[<0;3;4Mz\u001bx", ["x", "y", "z"], ""],
  // What has only begun waits for its rest.
  ["a\u001b", ["a"], "\u001b"],
  ["a\u001b[1;", ["a"], "\u001b[1;"],
  ["\u001bO", [], "\u001bO"],
  ["\u001b\u001b[A", ["escape", "up"], ""],
])("%j is %j", (sent, keys, begun) => {
  expect(decodeKeys(sent)).toEqual({ keys, begun });
});
