import { type FleetPageInput, fleetPageData } from "./fleet-data.ts";
import { pageOf } from "./template.ts";

/**
 * The page of a fleet: one HTML file that loads nothing and opens from disk. Pure but for reading the built template. Texts of the
 * runs stand in it as JSON alone.
 */
export function fleetPage(input: FleetPageInput): string {
  return pageOf("fleet", `${input.name} · CodeTracer`, fleetPageData(input));
}
