// Scaffolds extractors/<id> from extractors/_template. Usage: npm run new-extractor -- <id> ["Title"]
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [id = "", title = id] = process.argv.slice(2);
const root = fileURLToPath(new URL("../extractors", import.meta.url));
const target = path.join(root, id);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) fail("give an id in kebab-case, such as my-agent");
if (!/^[\p{L}\p{N} ._+()/-]{1,60}$/u.test(title))
  fail("give a title of letters, digits and spaces, such as My Agent");
if (fs.existsSync(target)) fail(`extractors/${id} is there already`);
copy(path.join(root, "_template"), target);
console.log(`extractors/${id} is laid out. Next:
  1. put a small raw run into extractors/${id}/fixtures/<case>/raw/ (there is one of the toy format)
  2. write extractors/${id}/index.ts and its README.md
  3. npm run gen                              put it into the list
  4. EXTRACTOR=${id} UPDATE_FIXTURES=1 npx vitest run test/extractors/contract.test.ts
                                              check it and record expected.json, which you then read
  5. npm run build && npm run gen             put it into the README's table
  6. npm run check                            all that is checked before a merge
docs/extractors.md explains each of them.`);

function copy(from, to) {
  fs.mkdirSync(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const destination = path.join(to, fill(entry.name));
    if (entry.isDirectory()) copy(source, destination);
    else fs.writeFileSync(destination, fill(fs.readFileSync(source, "utf8")));
  }
}

function fill(text) {
  return text.replaceAll("__ID__", id).replaceAll("__TITLE__", title);
}

function fail(message) {
  console.error(`new-extractor: ${message}`);
  process.exit(2);
}
