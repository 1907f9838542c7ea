/**
 * Times for the events of one writer, as ISO 8601 with microseconds. Each is later than the one before it, by a microsecond where the clock stood
 * still or went back: readers take events of the same time for one model turn.
 */
export class Stamps {
  readonly #now: () => number;
  #last_us = 0;

  /** `now` gives milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    this.#last_us = Math.max(Math.floor(this.#now() * 1000), this.#last_us + 1);
    const iso = new Date(Math.floor(this.#last_us / 1000)).toISOString();
    return iso.replace("Z", `${String(this.#last_us % 1000).padStart(3, "0")}Z`);
  }
}
