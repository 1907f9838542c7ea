import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fleetPage } from "../../src/report/html/fleet-page.ts";
import { FOREIGN } from "./fleet/looks.ts";
import { hostileFleet, madeFleet } from "./fleet/made-fleet.ts";
import { launch, NO_CHROMIUM, open } from "./support/chromium.ts";
import { ORDERS } from "./support/hostile-run.ts";

const DESKTOP = { viewport: { width: 1400, height: 900 } };
const HTML = fleetPage(madeFleet(60));

describe.skipIf(NO_CHROMIUM !== null)("the page of a fleet", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it("says at a glance how the runs ended and what could not be read", async () => {
    const { page, requests, said } = await open(browser, HTML, DESKTOP);
    await expect
      .poll(() => page.locator(".headline").innerText())
      .toBe("60 runs, 33 % solved of the 60 whose outcome is known");
    await expect
      .poll(() => page.locator(".legend").innerText())
      .toMatch(/20 solved 33 %\s+40 failed 67 %\s+0 not recorded 0 %/);
    await page.getByText("1 run could not be read").click();
    await expect.poll(() => page.locator(".unread").innerText()).toContain("no format is recognised");
    await expect.poll(() => page.locator(".histogram button:enabled").count()).toBe(3);
    expect(requests).toEqual([]);
    expect(said).toEqual([]);
  });

  it("leads from a behaviour to the runs that show it, with quotes, to one of them and on to the next", async () => {
    const { page, said } = await open(browser, HTML, { ...DESKTOP, hash: "#behaviours" });
    await expect
      .poll(() => page.locator(".behaviours .interval").getAttribute("aria-label"))
      .toBe("2.5, 95 % interval 1.2 to 5.2");
    await page.getByRole("button", { name: "retry loop" }).click();
    await expect.poll(() => page.locator(".run-list .run-line").count()).toBe(12);
    await expect
      .poll(() => page.locator(".run-list .quote").first().innerText())
      .toContain("error: part-7 has no header");
    await page.locator(".run-list .name").first().click();
    await expect.poll(() => page.locator(".pane-nav").innerText()).toContain("1 of 12");
    await expect.poll(() => page.locator(".run-pane .place").first().innerText()).toBe("run-0001");
    await page.keyboard.press("j");
    await expect.poll(() => page.locator(".pane-nav").innerText()).toContain("2 of 12");
    await page.keyboard.press("k");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".run-pane").count()).toBe(0);
    expect(page.url()).toMatch(/#behaviours\?shows=retry-loop$/);
    expect(said).toEqual([]);
  });

  it("shows a run: its strip, the steps around the onset with the quotes in place, its labels and penalties", async () => {
    const { page, said } = await open(browser, HTML, { ...DESKTOP, hash: "#runs?run=run-0001" });
    const pane = page.locator(".run-pane");
    await expect.poll(() => pane.locator(".excerpt.onset .excerpt-name").innerText()).toBe("read part-14.c");
    await expect
      .poll(() => pane.locator(".excerpts mark").allInnerTexts())
      .toEqual(["error: part-14 has no header"]);
    await expect.poll(() => pane.locator(".labels > li").count()).toBe(3);
    await expect.poll(() => pane.locator(".penalties").innerText()).toContain("Steps failed.");
    await expect.poll(() => pane.getByText("1 other run of this task").count()).toBe(1);
    const strip = pane.getByRole("slider");
    await strip.focus();
    await expect
      .poll(() => pane.locator(".strip-told").innerText())
      .toBe("Step 14 · read part-14.c · failed · incorrect · the failure begins here");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => strip.getAttribute("aria-valuenow")).toBe("15");
    const box = await strip.boundingBox();
    if (box === null) throw new Error("the strip is not drawn");
    await page.mouse.move(box.x + 6, box.y + 6);
    await expect.poll(() => pane.locator(".strip-told").innerText()).toBe("Step 1 · read part-1.c");
    expect(said).toEqual([]);
  });

  it("filters, searches and sorts its runs, and keeps all of it in the address", async () => {
    const { page } = await open(browser, HTML, DESKTOP);
    await page.keyboard.press("4");
    await page.getByLabel("outcome", { exact: true }).selectOption("failed");
    await page.getByLabel("behaviour", { exact: true }).selectOption("retry-loop");
    await expect.poll(() => page.getByRole("status").innerText()).toBe("8 of 60 runs");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("search");
    await page.keyboard.type("part 12 parser");
    await expect.poll(() => page.getByRole("status").innerText()).toBe("3 of 60 runs");
    await expect
      .poll(() => page.locator(".run-row .name").first().innerText())
      .toBe("mend part 6 of the parser");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Score" }).click();
    await expect.poll(() => scores(page)).toEqual([...(await scores(page))].sort((a, b) => a - b));
    expect(page.url()).toMatch(/#runs\?sort=score$/);
    const first = page.locator(".run-row .name").first();
    await first.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".run-pane").count()).toBe(1);
    await page.goBack();
    await expect.poll(() => page.locator(".run-pane").count()).toBe(0);
  });

  it("opens a cluster's members and goes from a run to its cluster", async () => {
    const { page } = await open(browser, HTML, { ...DESKTOP, hash: "#runs?run=run-0001" });
    await page.getByRole("button", { name: "like 11 others: no header" }).click();
    expect(page.url()).toContain("#failures?");
    await expect.poll(() => page.locator(".cluster.open .run-line").count()).toBe(12);
    await expect.poll(() => page.locator(".cluster.open .run-line").first().innerText()).toContain("typical");
    await page.locator(".cluster > button").click();
    await expect.poll(() => page.locator(".cluster .run-line").count()).toBe(1);
  });

  it("lays two models side by side over the tasks that both ran", async () => {
    const { page } = await open(browser, HTML, { ...DESKTOP, hash: "#compare" });
    const text = await page.locator(".view").innerText();
    expect(text).toContain("30 tasks in common");
    expect(text).toContain("A does better on 10, B on 10; alike on 10, of which 0 are solved.");
    await expect
      .poll(() => page.locator(".versus").innerText())
      .toMatch(/Solved of known\s+33 % \(10 of 30\)\s+33 % \(10 of 30\)/);
    await page.getByRole("combobox").first().selectOption({ label: "agent-one (60)" });
    await expect.poll(() => page.locator(".versus").innerText()).toMatch(/Runs\s+60\s+30/);
  });

  it("draws only the rows in sight of thousands, and every one of them where it is scrolled to", async () => {
    const { page, said } = await open(browser, fleetPage(madeFleet(3000)), { ...DESKTOP, hash: "#runs" });
    const rows = page.locator(".run-rows");
    await expect.poll(() => page.locator(".run-row").count()).toBeLessThan(60);
    await expect.poll(() => rows.evaluate((box) => box.scrollHeight)).toBeGreaterThan(3000 * 52);
    await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    const last = page.locator('.run-row[aria-rowindex="3001"]');
    await last.waitFor();
    const isInSight = (): Promise<boolean> =>
      last.evaluate(
        (row) => row.getBoundingClientRect().bottom <= row.ownerDocument.documentElement.clientHeight + 1,
      );
    await expect.poll(isInSight).toBe(true);
    await expect.poll(() => page.locator(".run-row").count()).toBeLessThan(60);
    await last.getByRole("button").click();
    await expect.poll(() => page.evaluate(BESIDE_LAST_COLUMN)).toBeLessThan(2);
    expect(said).toEqual([]);
  });

  it("is one file of a bounded size, and says what it leaves out", async () => {
    const fleet = madeFleet(60);
    const small = fleetPage({ ...fleet, most_chars: 60_000 });
    expect(small.length).toBeLessThan(HTML.length);
    const { page } = await open(browser, small, DESKTOP);
    await expect
      .poll(() => page.locator(".notes").innerText())
      .toContain("Left out to keep this file small: the texts of the steps around the onset");
    await page.keyboard.press("4");
    await page.keyboard.press("j");
    await expect
      .poll(() => page.locator(".run-pane").innerText())
      .toContain("Its steps are left out of this page.");
  });
});

describe.skipIf(NO_CHROMIUM !== null)("a fleet that wants to harm its reader", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  for (const [name, order] of Object.entries(ORDERS))
    it(`is text, whatever it holds: ${name}`, async () => {
      const { page, requests, said } = await open(browser, fleetPage(hostileFleet(order)), DESKTOP);
      for (const view of ["overview", "behaviours", "failures", "runs", "compare"]) {
        await page.locator(".views button").nth(VIEWS.indexOf(view)).click();
        await page.waitForSelector(`.view[data-view="${view}"]`);
        if (view === "behaviours") await page.locator(".behaviours .name").first().click();
        if (view === "failures") await page.locator(".cluster > button").click();
        if (view !== "overview") await openFirstRun(page);
        for (const summary of await page.locator("summary").all()) await summary.click();
        await expect.poll(() => page.evaluate(FOREIGN), { message: view }).toEqual([]);
        await expect
          .poll(() => page.evaluate("document.querySelectorAll('script, style').length"), { message: view })
          .toBe(3);
      }
      await expect.poll(() => page.locator(".run-pane .excerpt").count()).toBe(4);
      await expect.poll(() => page.evaluate("window.owned")).toBeUndefined();
      expect(requests).toEqual([]);
      expect(said).toEqual([]);
    });
});

/** Pixels between the right edges of the table's last shown column and of its box, scrollbar aside. */
const BESIDE_LAST_COLUMN = `(() => {
  const box = document.querySelector(".run-rows");
  const cells = [...box.querySelectorAll("th")].filter((cell) => cell.offsetWidth > 0);
  return box.getBoundingClientRect().left + box.clientWidth - cells.at(-1).getBoundingClientRect().right;
})()`;

const VIEWS = ["overview", "behaviours", "failures", "runs", "compare"];

/** Opens a run from the list in sight. */
async function openFirstRun(page: Page): Promise<void> {
  await page.keyboard.press("j");
  await page.waitForSelector(".run-pane");
}

async function scores(page: Page): Promise<number[]> {
  return (await page.locator(".run-row .score-cell").allInnerTexts()).map(Number);
}
