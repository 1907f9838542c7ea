const ISO = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A step's time for ATIF; undefined where it is no ISO 8601 time. Readers take agent steps with one timestamp for parts of one turn, so
 * that a turn that began at the same instant as the one before it (`last`) has that instant spelled with other digits.
 */
export function timestamp(startedAt: string | undefined, last: string | undefined): string | undefined {
  if (startedAt === undefined || !ISO.test(startedAt) || Number.isNaN(Date.parse(startedAt)))
    return undefined;
  return startedAt === last ? respelled(startedAt) : startedAt;
}

/** Three and six digits of a second are what every parser takes. */
function respelled(time: string): string {
  return time.replace(ISO, (_all, seconds: string, digits = "", zone = "") => {
    const other =
      digits.length !== 6
        ? digits.padEnd(6, "0")
        : digits.endsWith("000")
          ? digits.slice(0, 3)
          : `${digits}000`;
    return `${seconds}.${other}${zone}`;
  });
}
