import type { FleetProgress } from "../../fleet/run/index.ts";
import type { Io } from "../io.ts";

const TTY_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 5000;
/** Less than this share of the work says nothing about the rest. */
const LEAST_SHARE = 0.05;

const DOING: Readonly<Record<FleetProgress["phase"], string>> = {
  read: "reading",
  trace: "diagnosing",
  judge: "judging",
  finish: "writing tables",
};

/**
 * Progress of a fleet on stderr, with figures and about how long the phase will still take: by what the runs weigh where they are read, else by their number.
 * What lay there already is not reckoned with: it says nothing about the pace.
 */
export class FleetProgressLine {
  readonly #io: Io;
  #printedAt: number;
  #phase: FleetProgress["phase"] | null = null;
  /** When the phase's first real work was done, and how much was done then. */
  #from: { at: number; share: number } | null = null;

  constructor(io: Io) {
    this.#io = io;
    this.#printedAt = io.now();
  }

  update(progress: FleetProgress): void {
    const now = this.#io.now();
    const share = shareOf(progress);
    if (progress.phase !== this.#phase) this.#from = null;
    this.#phase = progress.phase;
    if (this.#from === null && progress.is_work) this.#from = { at: now, share };
    const isTty = this.#io.stderr.isTTY === true;
    if (now - this.#printedAt < (isTty ? TTY_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.#printedAt = now;
    const text = `${figures(progress)}${this.#rest(share, now)}`;
    this.#io.stderr.write(isTty ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Clears the line before the result is printed. */
  end(): void {
    if (this.#io.stderr.isTTY === true && this.#phase !== null) this.#io.stderr.write("\r\u001b[K");
  }

  #rest(share: number, now: number): string {
    if (this.#from === null || share >= 1) return "";
    const done = share - this.#from.share;
    if (done < LEAST_SHARE) return "";
    const seconds = ((now - this.#from.at) / 1000 / done) * (1 - share);
    return `, about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`} left`;
  }
}

function shareOf({ done, total, bytes_done, bytes_total }: FleetProgress): number {
  if (bytes_total > 0) return bytes_done / bytes_total;
  return total === 0 ? 1 : done / total;
}

function figures({ phase, done, total, runs, unreadable, bytes_done, bytes_total }: FleetProgress): string {
  const weight = bytes_total > 0 ? `, ${mb(bytes_done)} of ${mb(bytes_total)} MB` : "";
  const bad =
    unreadable === 0 ? "" : `, ${unreadable} ${phase === "trace" ? "not diagnosed" : "not readable"}`;
  const found = phase === "read" ? `: ${runs} runs` : "";
  return `${DOING[phase]} ${done} of ${total}${found}${weight}${bad}`;
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
