const DATA = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/;

/** A page with nothing but the same data as text. Throws where the page holds none. */
export function plainPage(html: string, name: string): string {
  const json = DATA.exec(html)?.[1];
  if (json === undefined)
    throw new Error(`${name} is no page that codetracer report wrote: it holds no data`);
  const text = json
    .replaceAll("\\u003c", "&lt;")
    .replaceAll("\\u003e", "&gt;")
    .replaceAll("\\u0026", "&amp;");
  return `<!doctype html>\n<meta charset="utf-8">\n<title>plain</title>\n<pre style="white-space: pre-wrap; overflow-wrap: anywhere">${text}</pre>\n`;
}
