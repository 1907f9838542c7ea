import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { RunPageData } from "../../../src/page/run/data.ts";
import { fitTexts } from "../../../src/report/html/fit-texts.ts";
import { runPage, runPageData } from "../../../src/report/html/run-page.ts";
import { hostileRun, ORDERS } from "../../page/support/hostile-run.ts";
import { longRun, SCORE } from "../../page/support/long-run.ts";
import { look, steps } from "../../support/steps.ts";

const DATA = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/;

it("holds the data as JSON that no text of it can end", () => {
  for (const [name, order] of Object.entries(ORDERS)) {
    const [workspace, flags, score] = hostileRun(order);
    const html = runPage(workspace, flags, score);
    const json = DATA.exec(html)?.[1] ?? "";
    expect(json, name).not.toMatch(/[<>&\u2028\u2029]/);
    const data: RunPageData = JSON.parse(json);
    expect(data, name).toEqual(JSON.parse(JSON.stringify(runPageData(workspace, flags, score))));
    expect(html.match(/<script/g), name).toHaveLength(2);
    expect(html.match(/<\/script/g), name).toHaveLength(2);
  }
});

it("lets run what its policy holds the hash of, and nothing else", () => {
  const html = runPage(longRun(3), [], SCORE);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  expect(policy).toBe(
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
  );
});

it("keeps a tool call as it was recorded beside the text for people, and no arguments", () => {
  const [step] = steps(
    look('read {"path":"a.py"}', "x", { tool: "read", arguments: { path: "a.py" }, tool_call_id: "1" }),
  );
  const data = runPageData({ ...longRun(1), steps: step ? [step] : [] }, [], null);
  expect(data.steps[0]).toMatchObject({
    action: 'read {"path":"a.py"}',
    readable_action: "read\npath: a.py",
  });
  expect(Object.keys(data.steps[0] ?? {})).not.toContain("arguments");
});

it("cuts the middles of the longest texts where all together are too long, and says how much", () => {
  const all = steps(look("ls", "a".repeat(100)), look("ls", "b".repeat(30))).map((step) => ({
    ...step,
    is_shell: true,
  }));
  expect(fitTexts(all, 1000)).toEqual(all);
  const [first, second] = fitTexts(all, 84);
  expect(first?.observation).toBe(`${"a".repeat(25)}\n…\n${"a".repeat(25)}`);
  expect(first?.cut).toEqual({ observation: 50 });
  expect(second).toEqual(all[1]);
});
