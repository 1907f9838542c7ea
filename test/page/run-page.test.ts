import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPage } from "../../src/report/html/run-page.ts";
import { launch, NO_CHROMIUM, type OpenedPage, open } from "./support/chromium.ts";
import { flagAt, longRun, SCORE } from "./support/long-run.ts";

const WIDE = { viewport: { width: 1300, height: 850 } };
const ONSET = 98;

describe.skipIf(NO_CHROMIUM !== null)("the page of a run in a browser", () => {
  let browser: Browser;
  const html = runPage(longRun(300), [flagAt(7, 14)], SCORE);
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const opened = async (hash = ""): Promise<OpenedPage> => await open(browser, html, { ...WIDE, hash });
  const title = (page: Page) => page.locator("#step-title").innerText();

  it("says how the run ended, where it went wrong and what to do next", async () => {
    const { page, said } = await opened();
    await expect.poll(() => page.title()).toBe("long-run · CodeTracer");
    const text = await page.locator(".overview").innerText();
    for (const part of [
      "It first went wrong at step 98.",
      "not solved (source: result.json: passed)",
      "Where it went wrong: step 98 of 300, in stage 9: look around",
      "Write the missing header before building again.",
      "error: part-91 has no header",
      "Follows from it: steps 99–100, 105.",
      "failed The task was not solved.",
      "retry loop",
    ])
      expect(text).toContain(part);
    expect(said).toEqual([]);
  });

  it("keeps only the rows in sight in the document, and opens the step of a row", async () => {
    const { page } = await opened();
    await expect.poll(() => page.locator("[role=treeitem]").count()).toBeLessThan(60);
    await page.locator("[role=treeitem]", { hasText: "read part-5.c" }).click();
    await expect.poll(() => title(page)).toBe("read part-5.c");
    expect(new URL(page.url()).hash).toBe("#step-5");
    await page.evaluate("document.querySelector('[role=tree]').scrollTo(0, 1e6)");
    await page.locator("[role=treeitem]", { hasText: "build part-300" }).click();
    await expect.poll(() => title(page)).toBe("build part-300");
  });

  it("opens the step of an evidence link and points the quote out in its place", async () => {
    const { page } = await opened();
    await page.locator(".onset-card .evidence").click();
    await expect.poll(() => title(page)).toBe("read part-91.c");
    const mark = page.locator(".said-text.observation mark.active");
    await expect.poll(() => mark.innerText()).toBe("error: part-91 has no header");
    await expect.poll(() => page.evaluate(IS_MARK_IN_SIGHT)).toBe(true);
    await expect
      .poll(() => page.locator(".step").innerText())
      .toContain("Quoted as evidence against step 98.");
  });

  it("marks the onset and what follows from it", async () => {
    const { page } = await opened(`#step-${ONSET}`);
    await expect
      .poll(() => page.locator(".role").innerText())
      .toBe("Onset. The failure begins here; it goes on in steps 99, 100, 105.");
    await expect.poll(() => page.locator(".row.onset").innerText()).toContain("onset");
    await page.keyboard.press("j");
    await expect
      .poll(() => page.locator(".role").innerText())
      .toBe("Cascade. Follows from the onset at step 98.");
  });

  it("filters by what is failed, labelled, of a kind, a tool, a stage, and by text", async () => {
    const { page } = await opened();
    const found = () => page.locator("[role=status]").innerText();
    await expect.poll(() => found()).toBe("300 steps");
    await page.getByRole("button", { name: "Failed", exact: true }).click();
    await expect.poll(() => found()).toBe("42 of 300 steps");
    await page.getByLabel("Kind").selectOption("change");
    await expect.poll(() => found()).toBe("14 of 300 steps");
    await page.getByLabel("Stage", { exact: true }).selectOption("2");
    await expect.poll(() => found()).toBe("1 of 300 steps");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Labelled" }).click();
    await expect.poll(() => found()).toBe("3 of 300 steps");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByLabel("Tool").selectOption("bash");
    await expect.poll(() => found()).toBe("100 of 300 steps");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("PART_123(void)");
    await page.keyboard.press("Enter");
    await expect.poll(() => title(page)).toBe("build part-123");
    await expect.poll(() => page.locator("mark.on-hit").first().innerText()).toBe("part_123(void)");
  });

  it("folds stages and unfolds the one of a step that is opened", async () => {
    const { page } = await opened();
    await page.getByRole("button", { name: "Fold stages" }).click();
    await expect.poll(() => page.locator("[role=treeitem]").count()).toBe(25);
    await page.keyboard.press("o");
    await expect.poll(() => page.locator(".row.chosen").innerText()).toContain("read part-98.c");
  });

  it("is driven by keys, within the tree too", async () => {
    const { page } = await opened();
    for (const key of ["n", "n", "p"]) await page.keyboard.press(key);
    await expect.poll(() => title(page)).toBe("read part-98.c");
    await page.keyboard.press("k");
    await expect.poll(() => title(page)).toBe("read part-97.c");
    await page.goBack();
    await expect.poll(() => title(page)).toBe("read part-98.c");
    await page.keyboard.press("h");
    await expect.poll(() => page.locator(".overview").count()).toBe(1);
    await page.keyboard.press("?");
    await expect.poll(() => page.getByRole("dialog").innerText()).toContain("next labelled step");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.locator("[role=tree]").focus();
    for (const key of ["Home", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await expect.poll(() => title(page)).toBe("read part-2.c");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => page.locator("[aria-expanded=false]").count()).toBe(1);
  });

  it("shows time, tokens and output on the timeline, says that cost is not recorded, and opens a step there", async () => {
    const { page } = await opened();
    const note = () => page.locator(".timeline-note").innerText();
    await expect
      .poll(() => note())
      .toBe(
        "From a step's start to the next one's; recorded for 299 of 300 steps; 19 min 56 s in all. Heights grow with the square root. Not recorded: cost.",
      );
    await page.getByText("Tokens", { exact: true }).first().click();
    await expect.poll(() => note()).toContain("recorded for 150 of 300 steps; 24M tokens in all");
    await expect.poll(() => page.getByRole("radio", { name: "Cost" }).isDisabled()).toBe(true);
    const box = await page.getByRole("slider", { name: "Step" }).boundingBox();
    if (box) await page.mouse.click(box.x + box.width * 0.5, box.y + 40);
    await expect.poll(() => title(page)).toBe("read part-151.c");
    await expect.poll(() => page.locator(".timeline path").count()).toBeLessThan(12);
  });

  it("changes its colours at a click", async () => {
    const { page } = await opened();
    const back = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await expect.poll(() => back()).toBe("rgb(246, 245, 241)");
    await page.getByRole("button", { name: /^Colours: auto/ }).click();
    await page.getByRole("button", { name: /^Colours: light/ }).click();
    await expect.poll(() => back()).toBe("rgb(17, 20, 23)");
  });

  it("prints every step and what is said of labelled ones", async () => {
    const { page } = await opened();
    await page.emulateMedia({ media: "print" });
    await page.waitForSelector(".printed");
    await expect.poll(() => page.locator(".printed-steps li").count()).toBe(300);
    await expect.poll(() => page.locator(".printed-steps .finding").count()).toBe(3);
  });
});

const IS_MARK_IN_SIGHT = `(() => {
  const mark = document.querySelector("mark.active");
  const box = mark.getBoundingClientRect();
  return document.elementFromPoint(box.left + 2, box.top + 2) === mark;
})()`;
