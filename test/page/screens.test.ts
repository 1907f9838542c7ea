import fs from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPage } from "../../src/report/html/run-page.ts";
import { tempRun } from "../support/temp-run.ts";
import { launch, NO_CHROMIUM, open } from "./support/chromium.ts";
import { flagAt, longRun, SCORE } from "./support/long-run.ts";

/** Where the pictures go; a folder that is removed, where none is named. */
const FOLDER = process.env.CODETRACER_SCREENS ?? tempRun({});
const DESKTOP = { viewport: { width: 1400, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const SCREENS = {
  desktop: { options: DESKTOP, hash: "" },
  "desktop-step": { options: DESKTOP, hash: "#step-98" },
  dark: { options: { ...DESKTOP, colorScheme: "dark" as const }, hash: "" },
  "dark-step": { options: { ...DESKTOP, colorScheme: "dark" as const }, hash: "#step-98" },
  phone: { options: PHONE, hash: "" },
  "phone-steps": { options: PHONE, hash: "#steps" },
  "phone-step": { options: PHONE, hash: "#step-98" },
};

describe.skipIf(NO_CHROMIUM !== null)("the page of a 300-step run", () => {
  let browser: Browser;
  const html = runPage(longRun(300), [flagAt(7, 14)], SCORE);
  beforeAll(async () => {
    browser = await launch();
    fs.mkdirSync(FOLDER, { recursive: true });
  });
  afterAll(() => browser?.close());

  for (const [name, { options, hash }] of Object.entries(SCREENS))
    it(`fits: ${name}`, async () => {
      const { page, said } = await open(browser, html, { ...options, hash });
      const file = path.join(FOLDER, `${name}.png`);
      await page.screenshot({ path: file });
      expect(fs.statSync(file).size).toBeGreaterThan(10_000);
      await expect
        .poll(() => page.evaluate("document.documentElement.scrollWidth"))
        .toBe(options.viewport.width);
      await expect.poll(() => page.evaluate(OVERFLOWING)).toEqual([]);
      await expect.poll(() => page.evaluate(PALE)).toEqual([]);
      expect(said).toEqual([]);
    });
});

/** Visible elements that reach over the page's right edge, but for what lies in a box that scrolls. */
const OVERFLOWING = `[...document.querySelectorAll("#app *")].filter((element) => {
  const box = element.getBoundingClientRect();
  const scrolls = element.closest(".filter-row, .hidden, .segments, svg, .skip");
  return box.width > 0 && box.right > innerWidth + 1 && !scrolls && !element.closest(".row-name, .top, .timeline-note");
}).map((element) => element.className + " " + element.textContent.slice(0, 60))`;

/** Texts whose contrast to what is behind them is below AA (4.5). */
const PALE = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll("#app *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own || element.offsetParent === null || element.closest(":disabled, svg")) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) bad.push(element.className + " " + contrast.toFixed(2) + " " + element.textContent.slice(0, 40));
  }
  return [...new Set(bad)];
})()`;
