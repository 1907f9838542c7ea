import fs from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fleetPage } from "../../src/report/html/fleet-page.ts";
import { tempRun } from "../support/temp-run.ts";
import { OVERFLOWING, PALE } from "./fleet/looks.ts";
import { madeFleet } from "./fleet/made-fleet.ts";
import { launch, NO_CHROMIUM, open } from "./support/chromium.ts";

/** Where the pictures go; a folder that is removed, where none is named. */
const FOLDER = process.env.CODETRACER_SCREENS ?? tempRun({});
const SIZES = {
  desktop: { viewport: { width: 1400, height: 900 } },
  dark: { viewport: { width: 1400, height: 900 }, colorScheme: "dark" as const },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const PLACES = {
  overview: "#overview",
  behaviours: "#behaviours?shows=retry-loop",
  failures: "#failures?group=1",
  runs: "#runs",
  run: "#runs?run=run-0001",
  compare: "#compare",
};

describe.skipIf(NO_CHROMIUM !== null)("the page of a fleet", () => {
  let browser: Browser;
  const html = fleetPage(madeFleet(300));
  beforeAll(async () => {
    browser = await launch();
    fs.mkdirSync(FOLDER, { recursive: true });
  });
  afterAll(() => browser?.close());

  for (const [size, options] of Object.entries(SIZES))
    for (const [place, hash] of Object.entries(PLACES))
      it(`fits and can be read: ${place}, ${size}`, async () => {
        const { page, said } = await open(browser, html, { ...options, hash });
        const file = path.join(FOLDER, `fleet-${place}-${size}.png`);
        await page.screenshot({ path: file });
        expect(fs.statSync(file).size).toBeGreaterThan(10_000);
        await expect
          .poll(() => page.evaluate("document.documentElement.scrollWidth"))
          .toBe(options.viewport.width);
        await expect.poll(() => page.evaluate(OVERFLOWING)).toEqual([]);
        await expect.poll(() => page.evaluate(PALE)).toEqual([]);
        expect(said).toEqual([]);
      });

  it("prints in full: every row, and a run without the list beside it", async () => {
    const { page } = await open(browser, html, { ...SIZES.desktop, hash: "#runs" });
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator(".run-row").count()).toBe(300);
    await page.emulateMedia({ media: "screen" });
    await page.locator(".run-row .name").first().click();
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator(".view").isVisible()).toBe(false);
    await expect.poll(() => page.locator(".run-pane .labels").isVisible()).toBe(true);
  });
});
