/**
 * How large pages are and how soon they can be used, as ratios to a plain page that shows the same data as text in one `<pre>`:
 * both are opened in turn by the same browser, round by round, and the median round counts. Usage:
 *
 *   npm run bench:page -- <page.html>... [--rounds 15] [--most-time 3] [--most-size 2]
 *
 * The pages are those that `codetracer report <run> --html <file>` writes.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { measurePage, type PageFigures } from "./measure.ts";
import { plainPage } from "./plain-page.ts";
import { pageTable } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "15" },
    "most-time": { type: "string", default: "3" },
    "most-size": { type: "string", default: "2" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
if (positionals.length === 0) {
  console.error("bench:page: give pages that codetracer report <run> --html <file> wrote");
  process.exit(2);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "codetracer-bench-page-"));
const browser = await chromium.launch({ executablePath: values.chromium, args: ["--no-sandbox"] });
try {
  const rows: PageFigures[] = [];
  for (const file of positionals) rows.push(await measure(browser, path.resolve(file)));
  console.log(pageTable(rows));
  const holds = rows.every(
    (row) => row.time.ratio <= Number(values["most-time"]) && row.size.ratio <= Number(values["most-size"]),
  );
  console.log(
    `bars: time to use at most ${values["most-time"]} times, size at most ${values["most-size"]} times the plain page: ${holds ? "held" : "missed"}`,
  );
  process.exitCode = holds ? 0 : 1;
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

async function measure(inBrowser: Browser, file: string): Promise<PageFigures> {
  const plain = path.join(folder, "plain.html");
  fs.writeFileSync(plain, plainPage(fs.readFileSync(file, "utf8"), file));
  return await measurePage(inBrowser, file, plain, Number(values.rounds));
}
