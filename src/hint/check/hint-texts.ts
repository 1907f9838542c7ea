import type { HintFile, HintPoint } from "../../trajectory/hint.ts";

/** A piece of a hint and its place in hint.json. */
export interface PlacedText {
  place: string;
  text: string;
}

/** Everything of a hint that an agent may get to read. The text as a whole comes last. */
export function textsOf({
  facts,
  mistake,
  instead,
  avoid,
  text,
}: Pick<HintFile, "facts" | "mistake" | "instead" | "avoid" | "text">): PlacedText[] {
  return [
    ...facts.flatMap((point, index) => pointTexts(`facts[${index}]`, point)),
    ...(mistake === null
      ? []
      : [...pointTexts("mistake", mistake), { place: "mistake.recognise", text: mistake.recognise }]),
    ...(instead === null ? [] : [{ place: "instead.action", text: instead.action }]),
    ...(instead?.check ? [{ place: "instead.check", text: instead.check }] : []),
    ...avoid.flatMap((point, index) => pointTexts(`avoid[${index}]`, point)),
    { place: "text", text },
  ];
}

/** A point of a hint and its place in hint.json. */
export interface PlacedPoint {
  place: string;
  point: HintPoint;
}

/** All points that carry evidence. */
export function pointsOf({
  facts,
  mistake,
  avoid,
}: Pick<HintFile, "facts" | "mistake" | "avoid">): PlacedPoint[] {
  return [
    ...facts.map((point, index) => ({ place: `facts[${index}]`, point })),
    ...(mistake === null ? [] : [{ place: "mistake", point: mistake }]),
    ...avoid.map((point, index) => ({ place: `avoid[${index}]`, point })),
  ];
}

function pointTexts(place: string, { text, evidence }: HintPoint): PlacedText[] {
  return [
    { place: `${place}.text`, text },
    ...evidence.map(({ quote }, index) => ({ place: `${place}.evidence[${index}].quote`, text: quote })),
  ];
}
