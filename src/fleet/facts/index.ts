/** What a fleet knows of each of its runs, and the files that hold it. */
export { readClusters, writeClusters } from "./clusters-file.ts";
export {
  FACTS_FILE,
  factsDigest,
  readFactsFile,
  writeFactsFile,
} from "./facts-file.ts";
export { factsOf } from "./facts-of.ts";
export {
  FLEET_PLACES,
  type FleetCounts,
  type FleetFile,
  readFleet,
  type Unreadable,
  unmarkFleet,
  workspaceOf,
  writeFleet,
} from "./fleet-file.ts";
export { readFacts } from "./read-facts.ts";
export { taskKey } from "./task-key.ts";
