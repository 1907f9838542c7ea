import type { ErrorLine } from "../text/error-lines.ts";
import { counted, type FailedRun, type Sign } from "./sign.ts";

/** Looking for a file that is not there, or a first attempt that raises, is everyday work; a missing program is not. */
const ONCE: Readonly<Record<string, number>> = {
  environment: 0.45,
  dependency: 0.5,
  localisation: 0.3,
  hypothesis: 0.3,
};
const GROWTH = 0.5;
const NEAR_ONSET = 0.3;
const STILL_THERE = 0.5;
/** The part of a run whose troubles it ends with. */
const END_SHARE = 0.2;
const END_STEPS = 3;
const NEAR_STEPS = 2;
/** Programs that there is nearly always a way around. */
const HANDY =
  /\b(?:file|ps|nc|netcat|less|more|tree|jq|curl|wget|vim?|nano|xxd|hexdump|strings|sudo|which|netstat|ss|lsof|ping|bc|man|tmux|column|locate|ip|ifconfig|htop|top|pkill|killall)\b: (?:command )?not found/;
const HANDY_SHARE = 0.4;
/** Asking whether something is there is no mistake, whatever the answer. */
const LOOKED_FOR = /^(?:ls|stat|find|du|file): /;
const LOOKED_SHARE = 0.5;
/** Trouble that the run left behind it. */
const OVERCOME_SHARE = 0.6;
/** A refused call is mostly made again the right way. */
const REFUSED_SHARE = 0.7;
const OFTEN_REFUSED = 3;

/** A sign for each kind of error that the run showed: stronger where it came often, near the onset, or was there to the end. */
export function errorSigns(run: FailedRun): Sign[] {
  const kinds = new Map<string, ErrorLine[]>();
  for (const error of run.errors) {
    if (error.kind.stage === null) continue;
    kinds.set(error.kind.words, [...(kinds.get(error.kind.words) ?? []), error]);
  }
  return [...kinds.values()].flatMap((errors) => signOf(errors, run) ?? []);
}

function signOf(errors: readonly ErrorLine[], run: FailedRun): Sign | null {
  const kind = errors[0]?.kind;
  if (kind === undefined || kind.stage === null) return null;
  const stepIds = [...new Set(errors.map(({ step_id }) => step_id))];
  const endsAfter = run.steps.length - Math.max(END_STEPS, run.steps.length * END_SHARE);
  const isAtEnd = stepIds.some((id) => id > endsAfter);
  const isNear = stepIds.some((id) => Math.abs(id - (run.onset_step_id ?? Number.NaN)) <= NEAR_STEPS);
  const often = GROWTH * (1 - 0.75 ** (stepIds.length - 1));
  const isRetold = kind.words === "refused tool call" && stepIds.length < OFTEN_REFUSED;
  const lookedFor = errors.filter(({ quote }) => LOOKED_FOR.test(quote)).length;
  const share =
    (errors.every(({ quote }) => HANDY.test(quote)) ? HANDY_SHARE : 1) *
    (2 * lookedFor > errors.length ? LOOKED_SHARE : 1) *
    (isAtEnd ? 1 : OVERCOME_SHARE) *
    (isRetold ? REFUSED_SHARE : 1);
  const weight =
    (ONCE[kind.stage] ?? 0) +
    often +
    (isNear ? NEAR_ONSET * run.onset_certainty : 0) +
    (isAtEnd ? STILL_THERE * (stepIds.length > 1 ? 1 : 0.6) : 0);
  const where = [isNear ? "at the onset" : "", isAtEnd ? "to the end of the run" : ""].filter(
    (word) => word !== "",
  );
  return {
    stage: kind.stage,
    weight: share * weight,
    reason: [`${kind.words} in ${counted(stepIds.length, "step")}`, ...where].join(", "),
    evidence: quoted(errors, run.onset_step_id),
  };
}

/** The errors nearest to the onset, or the last ones, each wording once. */
function quoted(errors: readonly ErrorLine[], onset: number | null): Sign["evidence"] {
  const ordered =
    onset === null
      ? [...errors].reverse()
      : [...errors].sort((a, b) => Math.abs(a.step_id - onset) - Math.abs(b.step_id - onset));
  const seen = new Map(ordered.map((error) => [error.normal, error] as const).reverse());
  return ordered
    .filter((error) => seen.get(error.normal) === error)
    .slice(0, 2)
    .map(({ step_id, quote }) => ({ step_id, where: "observation", quote }));
}
