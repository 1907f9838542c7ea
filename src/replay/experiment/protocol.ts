import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { CodeTracerError } from "../../util/errors.ts";
import { VERSION } from "../../util/version.ts";
import { COMPARISON, LEAST_PAIRS, pairedP } from "./comparison.ts";
import { COUNTING_RULES, EXCLUSION_RULES, PAIR_RULE, STOP_RULES } from "./exclusion.ts";
import { ARMS, schedule } from "./schedule.ts";
import type { ExperimentSettings } from "./settings.ts";
import { templateDigest } from "./template-digest.ts";

/** The name of the file that is written before the first attempt. */
export const PROTOCOL_FILE = "protocol.json";

const SettingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** What a later call has to know of it; the rest is for people. */
const ProtocolSchema = z.object({ settings: SettingsSchema });
type Protocol = z.infer<typeof ProtocolSchema>;

/** How the settings are called where the user gives them. */
const FLAGS: Readonly<Record<string, string>> = {
  task_digest: "the task",
  hint_digest: "the hint",
  without_hint_digest: "--without-hint",
  original_digest: "the run",
  command: "--command",
  check: "--check",
  setup: "--setup",
  template: "--template-dir",
  template_digest: "what lies in --template-dir",
  attempts: "--attempts",
  seed: "--seed",
  timeout_seconds: "--timeout-seconds",
  check_timeout_seconds: "--check-timeout-seconds",
  max_cost_usd: "--max-cost",
  max_seconds: "--max-seconds",
  assumed_cost_usd: "--assume-cost",
  here: "the folder that it is called in, which {here} stands for,",
};

/** Whether an experiment was begun in the folder. Throws CodeTracerError `bad_argument` where it was begun with other settings. */
export function isBegun(settings: ExperimentSettings): boolean {
  const file = path.join(settings.out, PROTOCOL_FILE);
  if (!fs.existsSync(file)) return false;
  const [earlier, wanted] = [readProtocol(file).settings, settingsOf(settings)];
  const changed = Object.keys({ ...earlier, ...wanted }).filter((name) => earlier[name] !== wanted[name]);
  if (changed.length > 0) throw settingsChanged(settings.out, changed);
  return true;
}

/** Writes `protocol.json`: what is compared, by which test, what is left out and what counts as recovered. To be called before the first attempt. */
export function writeProtocol(settings: ExperimentSettings, now_ms: number): void {
  const file = path.join(settings.out, PROTOCOL_FILE);
  const protocol = {
    created_at: new Date(now_ms).toISOString(),
    ...declared(settings),
    settings: settingsOf(settings),
  };
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(protocol, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}

function declared(settings: ExperimentSettings) {
  const { attempts, seed, original, hint, limits } = settings;
  return {
    codetracer_version: VERSION,
    run: original.extraction.run,
    hint_source: hint.source,
    arms: ARMS,
    pairs: attempts,
    order: schedule(attempts, seed),
    budgets: { matched: true, ...limits },
    counting: COUNTING_RULES,
    exclusions: EXCLUSION_RULES,
    stops: STOP_RULES,
    pairing: PAIR_RULE,
    comparison: {
      ...COMPARISON,
      least_p_with_these_pairs: pairedP(attempts, 0),
      least_pairs_for_the_level: LEAST_PAIRS,
    },
  };
}

function settingsOf(settings: ExperimentSettings): z.infer<typeof SettingsSchema> {
  const { command, check, setup, template, attempts, seed, limits, here } = settings;
  const usesHere = [command, check, setup].some((line) => line?.includes("{here}") === true);
  return {
    original_digest: settings.original.extraction.input_digest,
    task_digest: digest(settings.task),
    hint_digest: digest(settings.hint.text),
    without_hint_digest: digest(settings.without_hint),
    command,
    check,
    setup,
    template,
    template_digest: template === null ? null : templateDigest(template),
    attempts,
    seed,
    ...limits,
    here: usesHere ? here : null,
  };
}

function readProtocol(file: string): Protocol {
  let value: unknown = null;
  try {
    value = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    value = null;
  }
  const parsed = ProtocolSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodeTracerError(
    "bad_argument",
    `${file} is no protocol of an experiment; give another --out, or remove it if it is not needed`,
    { path: file },
  );
}

function settingsChanged(out: string, changed: readonly string[]): CodeTracerError {
  const names = changed.map((name) => FLAGS[name] ?? name);
  const [what, verb] =
    names.length === 1 ? [names[0], "is"] : [`${names.slice(0, -1).join(", ")} and ${names.at(-1)}`, "are"];
  return new CodeTracerError(
    "bad_argument",
    `${path.join(out, PROTOCOL_FILE)}: ${what} ${verb} not what this experiment was begun with; give the same again to go on with it, or another --out to begin a new one`,
  );
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
