/** How far a fleet is. */
export interface FleetProgress {
  phase: "read" | "trace" | "judge" | "finish";
  done: number;
  total: number;
  /** Runs that were read so far. */
  runs: number;
  unreadable: number;
  /** Of the raw runs, where the phase reads them. */
  bytes_done: number;
  bytes_total: number;
  /** False = what was done lay there already and took no time to speak of. */
  is_work: boolean;
}

/** Called whenever something of a fleet is done. */
export type OnProgress = (progress: FleetProgress) => void;
