import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPage } from "../../src/report/html/run-page.ts";
import { launch, NO_CHROMIUM, open } from "./support/chromium.ts";
import { hostileRun, ORDERS } from "./support/hostile-run.ts";

const SOURCES = fileURLToPath(new URL("../../src/page", import.meta.url));
/** Ways for text to become markup, a script, an address or a request. */
const FORBIDDEN =
  /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|srcdoc|DOMParser|createContextualFragment|<(?:a|img|iframe|script|object|embed|form)\b[^>]*(?:src|href|action)=\{(?!`#)/;

describe("the page's sources", () => {
  const files = fs
    .readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ name, text: fs.readFileSync(path.join(SOURCES, name), "utf8") }));

  it("hold no way for a text of a run to become anything but text", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter(({ text }) => FORBIDDEN.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("would be caught if they did", () => {
    for (const bad of [
      "<p dangerouslySetInnerHTML={{ __html: text }} />",
      "<a href={step.action}>",
      "box.innerHTML = text",
      "<img alt='' src={text} />",
    ])
      expect(bad).toMatch(FORBIDDEN);
    expect("<a href={`#step-${id}`}>").not.toMatch(FORBIDDEN);
  });
});

describe.skipIf(NO_CHROMIUM !== null)("a run that wants to harm its reader", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  for (const [name, order] of Object.entries(ORDERS))
    it(`is text, whatever it holds: ${name}`, async () => {
      const { page, requests, said } = await open(browser, runPage(...hostileRun(order)), {
        viewport: { width: 1200, height: 900 },
      });
      const panes = ["#overview", "#step-1", "#step-2", "#step-3"];
      for (const hash of panes) {
        await page.evaluate(`location.hash = "${hash}"`);
        await page.waitForSelector(hash === "#overview" ? ".overview" : ".step");
        for (const summary of await page.locator("summary").all()) await summary.click();
        await expect.poll(() => page.evaluate(FOREIGN), { message: hash }).toEqual([]);
        await expect
          .poll(() => page.evaluate("document.querySelectorAll('script, style').length"), { message: hash })
          .toBe(3);
      }
      await expect.poll(() => page.locator(".said-text").count()).toBe(3);
      await expect.poll(() => page.evaluate("window.owned")).toBeUndefined();
      expect(requests).toEqual([]);
      expect(said).toEqual([]);
    });

  it("cannot turn the direction of text, hide in it, or act on a terminal", async () => {
    const { page } = await open(
      browser,
      runPage(...hostileRun("a\u202eb\u2066c\u200b\u001b[31md\u0007\u{e0041}e")),
      {
        hash: "#step-1",
      },
    );
    await expect.poll(() => page.locator(".said-text.observation .text").innerText()).toBe("a�b�c�d␇�e");
  });
});

/** Elements that none of the page's own components makes, and addresses that are not of steps. */
const FOREIGN = `[...document.querySelectorAll("*")].filter((element) =>
  /^(?:img|iframe|object|embed|form|base|link|video|audio|marquee|template|textarea|frame|portal|canvas|math)$/i.test(element.tagName) ||
  (element.tagName === "A" && !/^#(?:step-\\d+|details)$/.test(element.getAttribute("href") ?? "")) ||
  [...element.attributes].some((one) => /^on|^(?:src|srcset|action|formaction|data|poster|background|ping|style)$/i.test(one.name) && !/^(?:top|height):|^height:/.test(one.value)),
).map((element) => element.outerHTML.slice(0, 200))`;
