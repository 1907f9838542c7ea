import { brokenTools } from "./broken-tools.ts";
import { dataHeads } from "./data-heads.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";
import { failures } from "./failures.ts";
import { foundFiles } from "./found-files.ts";
import { hangs } from "./hangs.ts";
import { limits } from "./limits.ts";
import { listing } from "./listing.ts";
import { missing } from "./missing.ts";
import { network } from "./network.ts";
import { noOps } from "./no-ops.ts";
import { places } from "./places.ts";
import { probes } from "./probes.ts";
import { testsRun } from "./tests-run.ts";
import { toolsThere } from "./tools-there.ts";
import { tracebacks } from "./tracebacks.ts";
import { vanished } from "./vanished.ts";

const MINERS: readonly Miner[] = [
  vanished,
  noOps,
  brokenTools,
  hangs,
  missing,
  network,
  limits,
  failures,
  testsRun,
  tracebacks,
  places,
  foundFiles,
  listing,
  toolsThere,
  dataHeads,
  probes,
];

/** Every fact that the miners find, the most valuable first, none with the same proof as a better one. */
export function mineFacts(source: FactSource): Fact[] {
  const proofs = new Set<string>();
  const ranked = MINERS.flatMap((miner) => miner(source)).sort((a, b) => b.worth - a.worth);
  return ranked.filter(({ evidence: [first] }) => {
    const proof = `${first?.step_id} ${first?.where} ${first?.quote}`;
    const isNew = !proofs.has(proof);
    proofs.add(proof);
    return isNew;
  });
}
