import { unescapeJson } from "../../util/unescape-json.ts";
import type { Escapes } from "./definition.ts";

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** How raw lines of a learned format turn into the text they hold. The host does it: a reader cannot make up what stands there. */
export const UNESCAPE: Readonly<Record<Escapes, (lines: string) => string>> = {
  none: (lines) => lines,
  json: unescapeJson,
  xml: unescapeXml,
  csv: (lines) => lines.replaceAll('""', '"'),
};

function unescapeXml(lines: string): string {
  return lines.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
