import type { IndexedStep } from "../../trajectory/step.ts";
import type { Situation } from "./situation.ts";

const SYSTEM = /^\/(?:tmp|etc|usr|var|bin|sbin|lib\w*|opt|dev|proc|sys|run|boot|srv|mnt)(?:\/|$)|^\/$/;
/** Below these every user has folders of their own. */
const HOMES = /^\/(?:home|Users)(?:\/[^/]+)?$/;
const MOST = 0.8;

/**
 * The directory that a recording works in, of the absolute directories that were in force and the paths that were read and written: the commonest
 * folder of the first level, and in a home the deepest folder that nearly all lie in. null = there are none outside the system's folders.
 */
export function recordedRoot(steps: readonly IndexedStep[], situations: readonly Situation[]): string | null {
  const places = steps.flatMap((step, index) => [
    situations[index]?.directory ?? "",
    ...(step.touches.writes ?? []),
    ...(step.touches.reads ?? []),
  ]);
  const own = places.filter(
    (place) => place.startsWith("/") && !SYSTEM.test(place) && !/[*?$`\s]|\/\.\w/.test(place),
  );
  const counts = new Map<string, number>();
  for (const place of own) {
    for (const folder of foldersOf(place)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const top = byCount.find(([folder]) => folder.lastIndexOf("/") === 0)?.[0];
  if (top === undefined) return null;
  if (!HOMES.test(top)) return top;
  const below = byCount.filter(([folder]) => folder.startsWith(`${top}/`) && !HOMES.test(folder));
  const inTop = counts.get(top) ?? 0;
  const held = below.filter(([, count]) => count >= MOST * inTop);
  return held.sort(([a], [b]) => b.length - a.length)[0]?.[0] ?? below[0]?.[0] ?? null;
}

/** The folders that hold a path, and the path itself where it may be a folder. */
function foldersOf(place: string): string[] {
  const parts = place.split("/").filter((part) => part !== "");
  const count = /\.\w{1,6}$/.test(parts.at(-1) ?? "") ? parts.length - 1 : parts.length;
  return Array.from({ length: count }, (_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}
