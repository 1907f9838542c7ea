import type { Evidence } from "../../trajectory/label.ts";
import { codeList, done, seen } from "../quoting.ts";
import type { Segment } from "../segments.ts";
import type { Fact, FactSource, Miner } from "./fact.ts";

const WORTH = 0.9;
const NAMES_MOST = 8;
const OWN_ENVIRONMENT = /\b(?:venv|virtualenv|conda create)\b/;

/** Messages that this miner tells of. */
export const NAMES_MISSING =
  /not found\s*$|No module named|Unable to locate package|No matching distribution found|No package .* available/;

interface Kind {
  found(segment: Segment): readonly (readonly [name: string, quote: Evidence])[];
  says(names: string): string;
  /** Whether the name can be one of the environment's at all. */
  fits(name: string, segment: Segment, source: FactSource): boolean;
}

const NO_COMMAND = /(?:^|: |\d: )([a-z][\w.+-]{1,40}): (?:command )?not found\s*$/;
const NO_MODULE = /No module named ['"]?([A-Za-z]\w{1,40})/;
const NO_PACKAGE =
  /Unable to locate package ([\w.+-]+)|No matching distribution found for ([\w.=<>~[\]-]+)|No package ([\w.+-]+) available/;

const KINDS: readonly Kind[] = [
  {
    found: (segment) => [...inLines(NO_COMMAND)(segment), ...lookedUp(segment)],
    says: (names) => `Not installed at the start: ${names}.`,
    fits: (name, { step, command }) =>
      step.touches.programs.includes(name) || command.split(/[\s;&|()]+/).includes(name),
  },
  {
    found: inLines(NO_MODULE),
    says: (names) => `Python modules that are not installed at the start: ${names}.`,
    fits: (name, segment, source) =>
      !isOwnModule(name, segment, source) && !OWN_ENVIRONMENT.test(segment.command),
  },
  {
    found: inLines(NO_PACKAGE),
    says: (names) => `The package manager did not find: ${names}.`,
    fits: (name, { step }, { steps }) =>
      !steps.some(
        (one) => one.step_id > step.step_id && !one.failed && one.touches.packages?.includes(name) === true,
      ),
  },
];

/** Programs, modules and packages that were not there. */
export const missing: Miner = (source) => KINDS.flatMap((kind) => ofKind(kind, source));

function ofKind(kind: Kind, source: FactSource): Fact[] {
  const found = new Map<string, Evidence>();
  for (const segment of source.segments) {
    for (const [name, quote] of kind.found(segment))
      if (!found.has(name) && kind.fits(name, segment, source)) found.set(name, quote);
  }
  if (found.size === 0) return [];
  const names = [...found.keys()];
  return [
    {
      text: kind.says(codeList(names, NAMES_MOST)),
      evidence: [...found.values()].slice(0, NAMES_MOST),
      worth: WORTH + 0.05 * source.relevance(names.join(" ")),
    },
  ];
}

function inLines(pattern: RegExp): Kind["found"] {
  return ({ lines, step_id }) =>
    lines.flatMap((line) => {
      const name = pattern
        .exec(line)
        ?.slice(1)
        .find((one) => one !== undefined);
      return name === undefined ? [] : [[name, seen(step_id, line.trim())] as const];
    });
}

const LOOKED_UP =
  /^(?:which|command -v|type -[pP]) ([\w.+-]+)(?:\s+(?:>\s*\/dev\/null|2>\S+))*(\s*\|\|\s*echo .*)?$/;

/** A look-up of one program that ends with status 1, says nothing but that it failed, or comes to its own `|| echo`. */
function lookedUp({ command, step, step_id, lines }: Segment): ReturnType<Kind["found"]> {
  const [, name, fallback] = LOOKED_UP.exec(command) ?? [];
  if (name === undefined || lines.some((line) => line.trim().startsWith("/"))) return [];
  const [said] = lines;
  const quote = fallback === undefined || said === undefined ? done(step) : seen(step_id, said.trim());
  const isMissing =
    fallback === undefined
      ? step.exit_code === 1 || (step.failed && lines.every((line) => /^Error\b/.test(line.trim())))
      : lines.length === 1 && fallback.includes(said?.trim() ?? "\n");
  return isMissing && quote ? [[name, quote]] : [];
}

function isOwnModule(name: string, segment: Segment, source: FactSource): boolean {
  const { paths } = source.stateBefore(segment.step.step_id);
  return [...paths].some((path) => path.split("/").some((part) => part === name || part === `${name}.py`));
}
