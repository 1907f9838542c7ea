import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import { clip, squash } from "./grams.ts";
import { listed } from "./listed.ts";
import { byKind } from "./raw-texts.ts";
import type { Survey, SurveyedText } from "./survey.ts";

const MIN_INVENTED_CHARS = 60;
const MIN_SEEN = 0.1;

/** Whether what the steps say stands in the raw files at all. */
export function checkInvented(steps: readonly Step[], { index, texts }: Survey): FidelityCheck {
  const name = "texts of the steps stand in the raw files";
  if (!texts.some(({ known }) => known > 0))
    return { name, passed: null, value: null, detail: "no text of the raw files could be compared" };
  let judged = 0;
  const invented = new Set<number>();
  for (const step of steps) {
    for (const text of [step.observation, step.thinking]) {
      if (!text || squash(text.slice(0, 400)).length < MIN_INVENTED_CHARS) continue;
      const share = index.shareSeen(text);
      if (share === null) continue;
      judged++;
      if (share < MIN_SEEN) invented.add(step.step_id);
    }
  }
  return {
    name,
    passed: judged === 0 ? null : invented.size === 0,
    value: invented.size,
    detail:
      invented.size === 0
        ? `all of ${judged} observations and thoughts that are long enough`
        : `found nowhere: texts of steps ${listed([...invented])}`,
  };
}

const MAX_CUT = 0.2;

/**
 * Whether texts that begin in a step end in it too. Files may hold a text several times, framed in several ways:
 * the kind that is read best is judged.
 */
export function checkWhole({ texts, fields, callOrders }: Survey): FidelityCheck {
  const cutSteps = new Set(texts.flatMap(({ isCut, callStep }) => (isCut ? [callStep] : [])));
  const whole = texts.filter(
    ({ callStep, kind, samples, known }) =>
      cutSteps.has(callStep) && fields.get(kind) === "observation" && known * 10 >= samples * 9,
  );
  const isHeldElsewhere = ({ callStep, text }: SurveyedText): boolean => {
    const probe = squash(text.slice(60, 160));
    return (
      callStep !== null &&
      whole.some((other) => other.callStep === callStep && squash(clip(other.text)).includes(probe))
    );
  };
  // What an agent says after its last call leads to no step.
  const last = Math.max(...callOrders.filter((order) => order !== undefined));
  const long = texts.filter(
    (text) =>
      text.isCut !== null &&
      !(text.isCut && isHeldElsewhere(text)) &&
      !(fields.get(text.kind) === "thinking" && text.order > last),
  );
  let cut = 0;
  for (const field of ["observation", "thinking"]) {
    const kinds = [...byKind(long)]
      .filter(([kind]) => fields.get(kind) === field)
      .map(([, ofKind]) => ({ all: ofKind.length, cut: ofKind.filter((text) => text.isCut).length }));
    const most = Math.max(...kinds.map(({ all }) => all));
    const [best] = kinds.filter(({ all }) => all * 2 >= most).sort((a, b) => a.cut / a.all - b.cut / b.all);
    if (best && best.cut > best.all * MAX_CUT) cut += best.cut;
  }
  return {
    name: "long texts are whole",
    passed: long.length === 0 ? null : cut === 0,
    value: cut,
    detail: `${cut} of ${long.length} long texts begin in a step and end in none`,
  };
}
