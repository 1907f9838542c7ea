import fs from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPage } from "../../src/report/html/run-page.ts";
import type { TracedWorkspace } from "../../src/workspace/workspace.ts";
import { launch, NO_CHROMIUM, open } from "./support/chromium.ts";
import { longRun } from "./support/long-run.ts";

const LINE = `${"x".repeat(79)}\n`;
const QUOTE = "the one line that matters";
/** Five megabytes with the evidence in their middle, and as much without a line end. */
const HUGE = `${LINE.repeat(31_250)}${QUOTE}\n${LINE.repeat(31_250)}`;
const UNBROKEN = "y".repeat(5_000_000);

function run(): TracedWorkspace {
  const workspace = longRun(1000, { observations: { 5: HUGE, 6: UNBROKEN } });
  const [label, ...others] = workspace.diagnosis.labels;
  if (label === undefined) return workspace;
  const evidence = [{ step_id: 5, where: "observation" as const, quote: QUOTE }];
  return { ...workspace, diagnosis: { ...workspace.diagnosis, labels: [{ ...label, evidence }, ...others] } };
}

describe.skipIf(NO_CHROMIUM !== null)("a run of 1,000 steps with observations of 5 MB", () => {
  let browser: Browser;
  const html = runPage(run(), [], null);
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it("puts little of it into the document, and the quote that is asked for", async () => {
    const { page, said } = await open(browser, html, { viewport: { width: 1300, height: 850 } });
    await expect.poll(() => page.evaluate("document.querySelectorAll('#app *').length")).toBeLessThan(1200);
    await page.locator(".onset-card .evidence").click();
    const text = page.locator(".said-text.observation .text");
    await expect.poll(() => text.locator("mark.active").innerText()).toBe(QUOTE);
    expect((await text.innerText()).length).toBeLessThan(7000);
    await expect
      .poll(() => text.locator(".gap").first().innerText())
      .toContain("2,496,560 characters folded");
    expect(said).toEqual([]);
  });

  it("shows the next 100 kB of a text at a click, and saves all of it", async () => {
    const { page } = await open(browser, html, { hash: "#step-6", acceptDownloads: true });
    const text = page.locator(".said-text.observation .text");
    await expect.poll(() => text.getByRole("button", { name: "Show all" }).count()).toBe(0);
    await text.getByRole("button", { name: "Show next 100 kB" }).click();
    await expect.poll(() => text.locator(".gap").innerText()).toContain("4,895,500 characters folded");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all 5.0M characters as a file" }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("step-6-observation.txt");
    expect(fs.readFileSync(await saved.path(), "utf8")).toBe(UNBROKEN);
  });
});
