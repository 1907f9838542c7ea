import path from "node:path";
import { associate, renderAssociation } from "../../fleet/association/index.ts";
import { readClusters, readFacts, readFleet } from "../../fleet/facts/index.ts";
import { type Fleet, renderFleet, renderHighlights, renderPlaces } from "../../fleet/run/index.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";

/** Flags of `fleet show`. */
export interface FleetShowFlags {
  by: "all" | "agent" | "model";
  json?: boolean;
  color?: boolean;
}

/** `codetracer fleet show`: a finished fleet again, with how its behaviours go with failure. */
export function fleetShow(folder: string, flags: FleetShowFlags, io: Io): ExitCode {
  const place = path.resolve(io.cwd, folder);
  const fleet = { fleet: readFleet(place), facts: readFacts(place), clusters: readClusters(place) };
  const behaviours = associate(fleet.facts, { by: flags.by });
  if (flags.json) {
    const { clusters } = fleet;
    io.stdout.write(`${JSON.stringify({ folder: place, ...fleet.fleet, behaviours, clusters }, null, 2)}\n`);
    return 0;
  }
  printFleet(fleet, place, flags, io);
  io.stdout.write(`\n${renderAssociation(behaviours, renderOptions(flags, io))}`);
  return 0;
}

/** Prints a fleet: its summary, what stands out, and where everything lies. */
export function printFleet(
  { fleet, facts, clusters }: Fleet,
  folder: string,
  flags: Pick<FleetShowFlags, "json" | "color">,
  io: Io,
): void {
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ folder, ...fleet }, null, 2)}\n`);
    return;
  }
  const options = renderOptions(flags, io);
  const relative = path.relative(io.cwd, folder);
  const shown = relative.startsWith("..") ? folder : relative || ".";
  io.stdout.write(
    `${renderFleet(fleet, options)}${renderHighlights(facts, clusters, options)}\n${renderPlaces(shown, options)}`,
  );
}

function renderOptions(flags: Pick<FleetShowFlags, "color">, io: Io) {
  return { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
}
