import { Page, type RenderOptions } from "../../report/page.ts";
import { placeOf, stepRanges } from "../../report/words.ts";
import type { BehaviourFlag } from "../../trajectory/index.ts";
import { POLARITIES } from "../behaviours/index.ts";
import { disagreements } from "./compare-verdicts.ts";
import { whyUnjudged } from "./ends.ts";
import type { Judgement } from "./judge-run.ts";

/** The flags of one run. */
export interface BehavioursOfRun {
  /** The run's path as the user gave it. */
  run: string;
  rules: readonly BehaviourFlag[];
  /** null = no model was asked. */
  model: { name: string; judgement: Judgement } | null;
}

/** What judges say of one behaviour. The first one's verdict counts: the model's, unless it abstains and the rules do not. */
type Verdicts = readonly [counts: BehaviourFlag, ...others: BehaviourFlag[]];

/** What a run shows and what it does not, with the quotes that prove it, for a terminal. Pure. */
export function renderBehaviours(run: BehavioursOfRun, options: RenderOptions): string {
  const page = new Page(options);
  const { bold, yellow } = page.colors;
  page.path("Run", run.run, bold);
  page.field("Judged by", run.model === null ? "rules" : `${run.model.name}, and rules`);
  const verdicts = verdictsOf(run);
  const present = verdicts.filter(([flag]) => flag.present === true);
  if (present.length > 0) page.heading("Shows");
  for (const one of present) addPresent(page, one);
  addDisagreements(page, run);
  const absent = verdicts.filter(([flag]) => flag.present === false);
  if (absent.length > 0) page.heading("Shows no");
  if (absent.length > 0) page.paragraph(absent.map(([flag]) => flag.behaviour).join(", "), 2);
  const unknown = verdicts.filter(([flag]) => flag.present === null);
  if (unknown.length > 0) page.heading("Cannot be told");
  for (const [flag] of unknown) page.paragraph(`${flag.behaviour}: ${flag.reason}`, 2);
  const { unjudged = [], warnings = [] } = run.model?.judgement ?? {};
  if (unjudged.length + warnings.length > 0) page.heading("Left undone by the model");
  for (const { behaviour, end } of unjudged) page.paragraph(`${behaviour}: ${whyUnjudged(end)}`, 2, yellow);
  for (const warning of warnings) page.paragraph(warning, 2, yellow);
  return page.toString();
}

function verdictsOf({ rules, model }: BehavioursOfRun): Verdicts[] {
  const flags = model?.judgement.flags ?? [];
  const ids = [...new Set([...rules, ...flags].map(({ behaviour }) => behaviour))];
  return ids.flatMap((id) => {
    const own = [...flags, ...rules].filter(({ behaviour }) => behaviour === id);
    const counts = own.find(({ present }) => present !== null) ?? own[0];
    return counts === undefined ? [] : [[counts, ...own.filter((one) => one !== counts)] as const];
  });
}

function addPresent(page: Page, [flag, ...others]: Verdicts): void {
  const { red, green, cyan, dim } = page.colors;
  const polarity = POLARITIES.get(flag.behaviour);
  const color = polarity === "bad" ? red : polarity === "good" ? green : cyan;
  const agree = others.filter(({ present }) => present === true).map(({ judged_by }) => judged_by);
  const by = [flag.judged_by, ...agree].join(" and ");
  page.line(flag.behaviour, 2, color);
  page.paragraph(`${stepWords(flag)}${percent(flag)}, by ${by}`, 4, dim);
  addFlag(page, flag);
}

/** What the model found stands above with its quotes; what only the rules found stands here. */
function addDisagreements(page: Page, { rules, model }: BehavioursOfRun): void {
  const found = disagreements(rules, model?.judgement.flags ?? []);
  if (found.length > 0) page.heading("Rules and model disagree");
  for (const one of found) {
    page.paragraph(`${one.behaviour}: ${said(one.model)}; ${said(one.rules)}`, 2);
    if (!one.rules.present) continue;
    page.paragraph(`${one.model.judged_by}: ${one.model.reason}`, 4);
    page.paragraph(`${one.rules.judged_by}: ${one.rules.reason}`, 4);
    addQuotes(page, one.rules, 6);
  }
}

function said(flag: BehaviourFlag): string {
  return `${flag.judged_by}: ${flag.present ? "yes" : "no"}, ${stepWords(flag)}${percent(flag)}`;
}

function addFlag(page: Page, flag: BehaviourFlag): void {
  page.paragraph(flag.reason, 4);
  addQuotes(page, flag, 4);
}

function addQuotes(page: Page, { evidence }: BehaviourFlag, indent: number): void {
  for (const one of evidence) page.quote(placeOf(one), one.quote, indent);
}

function stepWords({ step_ids }: BehaviourFlag): string {
  if (step_ids.length === 0) return "";
  return `${step_ids.length === 1 ? "step" : "steps"} ${stepRanges(step_ids)}, `;
}

function percent({ confidence }: BehaviourFlag): string {
  return `${Math.round(100 * confidence)} % sure`;
}
