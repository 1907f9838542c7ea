import { describe, expect, it } from "vitest";
import { commandOf, type FoundCommand, proseOf, spoken } from "../../src/agent/command-of.ts";

const report = `cat > /scratch/report.json <<'JSON'
{"quotes": [{"text": "see"}],
\`\`\`
"why": "a fence"
\`\`\`
}
JSON
submit`;

describe("the command of a reply", () => {
  const cases: [name: string, reply: string, found: FoundCommand][] = [
    ["behind prose", "I look.\n\n```sh\nsteps 1-3\n```", { command: "steps 1-3" }],
    ["tagged bash", "```bash\nls\n```", { command: "ls" }],
    ["tagged shell, in capitals", "```SHELL\nls\n```", { command: "ls" }],
    ["without a tag", "```\nls\n```\nbecause", { command: "ls" }],
    ["with more words behind the tag", '```sh title="look"\nls\n```', { command: "ls" }],
    ["of several lines", "```sh\ncd /scratch\n\nls -l\n\n```", { command: "cd /scratch\n\nls -l" }],
    ["behind prose in the same line", "Then: ```sh\nls\n```", { command: "ls" }],
    [
      "in a list",
      "- look:\n  ```sh\n  if true; then\n    ls\n  fi\n  ```",
      { command: "if true; then\n  ls\nfi" },
    ],
    ["with Windows line ends", "I look.\r\n```sh\r\nls\r\npwd\r\n```\r\n", { command: "ls\npwd" }],
    ["with a longer fence", "````sh\ncat <<X\n```\n````", { command: "cat <<X\n```" }],
    ["with fences in a heredoc", `\`\`\`sh\n${report}\n\`\`\``, { command: report }],
    [
      "with two heredocs in a line",
      "```sh\ncat <<A <<-'B'\n```\nA\n```\n\tB\nls\n```",
      { command: "cat <<A <<-'B'\n```\nA\n```\n\tB\nls" },
    ],
    [
      "with a shift and a here-string",
      "```sh\necho $((1<<x)); cat <<<y\n```",
      { command: "echo $((1<<x)); cat <<<y" },
    ],
    ["with a heredoc that is never ended", "```sh\ncat <<EOF\nx\n```\nDone.", { command: "cat <<EOF\nx" }],
    ["behind a quotation in another language", "```json\n{}\n```\n```sh\nls\n```", { command: "ls" }],
    [
      "behind a quotation without a language",
      "It says\n```\nrm -rf /\n```\n```sh\nls\n```",
      { command: "ls" },
    ],
    ["behind a thought", "<think>\n```sh\nno\n```\n</think>\nI look.\n```sh\nls\n```", { command: "ls" }],
    [
      "behind a thought whose start is missing",
      "no\n```sh\nno\n```\n</think>\n```sh\nls\n```",
      { command: "ls" },
    ],
    ["with a thought's end in it", "```sh\ngrep '</think>' x\n```", { command: "grep '</think>' x" }],
    ["whose fence is left open", "```sh\nls\n", { command: "ls" }],
    ["missing", "I am done.", { count: 0 }],
    ["missing: empty", "", { count: 0 }],
    ["missing: a thought alone", "<think>```sh\nls\n```", { count: 0 }],
    ["missing: an empty block", "```sh\n\n```", { count: 0 }],
    ["missing: inline", "Use ```sh ls``` for it.", { count: 0 }],
    ["missing: another language alone", "```python\nprint(1)\n```", { count: 0 }],
    ["twice", "```sh\nls\n```\n```sh\npwd\n```", { count: 2 }],
    ["three times without a tag", "```\na\n```\n```\nb\n```\n```\nc\n```", { count: 3 }],
  ];
  it.each(cases)("%s", (_, reply, found) => {
    expect(commandOf(reply)).toEqual(found);
  });

  const cut: [string, string, FoundCommand][] = [
    ["whose fence is left open", "```sh\ncat > /scratch/report.json <<'JSON'\n{", { count: 0 }],
    ["whose block is whole", "```sh\nls\n```\nNext I wou", { command: "ls" }],
    ["in a second block", "```sh\nls\n```\n```sh\npw", { count: 2 }],
  ];
  it.each(cut)("cut off at the output limit: %s", (_, reply, found) => {
    expect(commandOf(reply, true)).toEqual(found);
  });
});

describe("the prose of a reply", () => {
  const cases: [string, string, string][] = [
    ["is what stands around the command", "A.\n\n```sh\nls\n```\n\nB.", "A.\n\nB."],
    ["keeps quotations", 'A.\n```json\n{"a":1}\n```\n```sh\nls\n```', 'A.\n```json\n{"a":1}\n```'],
    ["is the whole reply where it is malformed", "A.", "A."],
    ["is none where there is only a command", "<think>x</think>```sh\nls\n```", ""],
  ];
  it.each(cases)("%s", (_, reply, prose) => {
    expect(proseOf(spoken(reply))).toBe(prose);
  });
});
