import { defined, type Tokens } from "../../src/extract/toolkit/index.ts";

/** What a reply took, as Aider prints it: counts from a thousand on are rounded there. */
export interface Usage {
  tokens: Tokens | undefined;
  cost_usd: number | undefined;
}

/** Reads `Tokens: 3.2k sent, 1k cache hit, 21 received. Cost: $0.0082 message, $0.02 session.`; null for other lines. */
export function usageOf(text: string): Usage | null {
  if (!text.startsWith("Tokens: ")) return null;
  const count = (what: string): number | undefined => {
    const [, digits = "", unit = ""] = new RegExp(`([\\d.,]+)([kM]?) ${what}\\b`).exec(text) ?? [];
    if (digits === "") return undefined;
    const scale = unit === "k" ? 1000 : unit === "M" ? 1_000_000 : 1;
    const value = Math.round(Number(digits.replaceAll(",", "")) * scale);
    return Number.isFinite(value) ? value : undefined;
  };
  const cost = /Cost: \$(\d+(?:\.\d+)?) message/.exec(text)?.[1];
  const tokens = defined({ input: count("sent"), output: count("received"), cached: count("cache hit") });
  return {
    tokens: Object.keys(tokens).length > 0 ? tokens : undefined,
    cost_usd: cost === undefined ? undefined : Number(cost),
  };
}
