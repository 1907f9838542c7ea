import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { tempRun } from "../../support/temp-run.ts";

const CHROMIUM = "/usr/bin/chromium";

/** Why there is no browser to test in; null = there is one. Printed, so that a skipped test is seen. */
export const NO_CHROMIUM = fs.existsSync(CHROMIUM) ? null : `${CHROMIUM} is not there`;
if (NO_CHROMIUM !== null) console.warn(`tests in a browser are skipped: ${NO_CHROMIUM}`);

/** Starts a real Chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

/** A page that was opened from disk, and what it did. */
export interface OpenedPage {
  page: Page;
  /** Addresses that the page asked for, but for its own. */
  requests: string[];
  /** Errors, messages on the console, and dialogs. */
  said: string[];
}

/** Writes the HTML to a file and opens it as a user would: from disk. Waits until it is drawn. */
export async function open(
  browser: Browser,
  html: string,
  { hash = "", ...options }: BrowserContextOptions & { hash?: string } = {},
): Promise<OpenedPage> {
  const address = pathToFileURL(path.join(tempRun({ "page.html": html }), "page.html")).href;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const opened: OpenedPage = { page, requests: [], said: [] };
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) opened.requests.push(request.url());
  });
  page.on("console", (message) => opened.said.push(message.text()));
  page.on("pageerror", (error) => opened.said.push(error.message));
  page.on("dialog", (dialog) => {
    opened.said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address + hash);
  await page.waitForSelector("#app[data-ready]");
  return opened;
}
