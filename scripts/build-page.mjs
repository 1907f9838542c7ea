// Builds the pages: every src/page/<name>/main.tsx with its page.css becomes dist/page/<name>.html, one template with style and
// script inside and their hashes in its policy. Two marks in it wait for a title and for data (src/report/html/template.ts). Usage:
//   node scripts/build-page.mjs [name]...
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = path.join(ROOT, "src/page");
const OUT = path.join(ROOT, "dist/page");

const wanted = process.argv.slice(2);
const names = fs
  .readdirSync(PAGES)
  .filter((name) => fs.existsSync(path.join(PAGES, name, "main.tsx")))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();
fs.mkdirSync(OUT, { recursive: true });
for (const name of names) {
  const html = template(await bundled(name, "main.tsx"), await bundled(name, "page.css"));
  // Renamed into place: whoever reads the old one meanwhile reads it whole.
  const partial = path.join(OUT, `${name}.html.${process.pid}.partial`);
  fs.writeFileSync(partial, html);
  fs.renameSync(partial, path.join(OUT, `${name}.html`));
}

async function bundled(name, entry) {
  const { outputFiles } = await build({
    entryPoints: [path.join(PAGES, name, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfig: path.join(ROOT, "tsconfig.page.json"),
    logLevel: "warning",
  });
  // An end tag in a string of the script would end the element that it stands in.
  return outputFiles[0].text.trim().replaceAll(/<\/(script|style)/gi, "<\\/$1");
}

function template(script, style) {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title><!--codetracer:title--></title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript><p>This page is drawn by the script in this file, which loads nothing. Allow scripts to see it.</p></noscript>
<script type="application/json" id="data"><!--codetracer:data--></script>
<script>${script}</script>
</body>
</html>
`;
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
