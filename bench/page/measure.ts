import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { median } from "../speed/table.ts";

/** A figure of a page, of the plain page, and the first over the second. */
export interface Ratio {
  page: number;
  plain: number;
  ratio: number;
}

/** What is measured of one page. Times in milliseconds, sizes in bytes. */
export interface PageFigures {
  name: string;
  steps: number;
  size: Ratio;
  /** From the start of opening to the second frame after everything has run. */
  time: Ratio;
  /** From a key to the second frame after it: the next step is there. The plain page does nothing at the key. */
  key: Ratio;
}

const KEYS = 30;
/** The time since the page began to open, once two frames are drawn. */
const DRAWN =
  "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))";
const PRESS = `(async () => {
  const times = [];
  for (let i = 0; i < ${KEYS}; i++) {
    const start = performance.now();
    dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    times.push((await ${DRAWN}) - start);
  }
  return times;
})()`;

/** Opens a page and the plain one in turn, and returns the medians of the rounds. */
export async function measurePage(
  browser: Browser,
  file: string,
  plain: string,
  rounds: number,
): Promise<PageFigures> {
  const times: Record<"page" | "plain", { open: number[]; keys: number[] }> = {
    page: { open: [], keys: [] },
    plain: { open: [], keys: [] },
  };
  let steps = 0;
  // The first round warms the browser and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [kind, target] of [
      ["page", file],
      ["plain", plain],
    ] as const) {
      const opened = await openOnce(browser, target);
      steps = Math.max(steps, opened.steps);
      if (round === 0) continue;
      times[kind].open.push(opened.open);
      times[kind].keys.push(median(opened.keys));
    }
  }
  return {
    name: path.basename(file),
    steps,
    size: ratio([fs.statSync(file).size], [fs.statSync(plain).size]),
    time: ratio(times.page.open, times.plain.open),
    key: ratio(times.page.keys, times.plain.keys),
  };
}

async function openOnce(
  browser: Browser,
  file: string,
): Promise<{ open: number; keys: number[]; steps: number }> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(pathToFileURL(file).href);
    const open = await page.evaluate<number>(DRAWN);
    const keys = await page.evaluate<number[]>(PRESS);
    const steps = await page.evaluate<number>(
      "Number(document.querySelector('[role=slider]')?.getAttribute('aria-valuemax') ?? 0)",
    );
    return { open, keys, steps };
  } finally {
    await page.close();
  }
}

/** The ratio is that of the median round, so that a moment of load on the machine does not count against one of the two. */
function ratio(page: readonly number[], plain: readonly number[]): Ratio {
  const rounds = page.map((value, round) => value / (plain[round] ?? Number.NaN));
  return { page: median(page), plain: median(plain), ratio: median(rounds) };
}
