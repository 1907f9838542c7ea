import type { Evidence, IndexedStep } from "../../trajectory/index.ts";
import { saidLast } from "./quotes.ts";
import { isSubmission, sentences } from "./trace-face.ts";

const WHOLE =
  "(?:the |this |our |my )?(?:task|work|implementation|solution|fix|issue|bug|problem|setup|program|script|code|system|server|everything|all (?:of )?(?:the )?(?:requirements|tasks|steps|components|features|tests|functionality))";
/** Words that say that the whole is done or works. */
const CLAIM = new RegExp(
  String.raw`\b${WHOLE}\s+(?:\w+\s+){0,2}?(?:is|are|has been|have been|was|were|works?|pass(?:es)?)\b(?:\s+\w+){0,2}?\W*\b(?:complete[d]?|resolved|solved|finished|done|working|functional|implemented|met|satisfied|perfectly|correctly|flawlessly|fulfilled|passing|ready|fixed|correct)\b|\b(?:I(?:'ve| have)|we(?:'ve| have)) (?:now )?successfully (?:completed|implemented|fixed|solved|built|finished)\b|\b(?:works|working) (?:perfectly|flawlessly|exactly as)\b|\ball (?:the )?requirements (?:are|have been) (?:met|satisfied|fulfilled)\b|\btask (?:is )?(?:now )?(?:complete|completed|finished|done)\b`,
  "i",
);
/** The sentence says something else of the whole: a wish, a condition, a doubt, a plan. */
const NOT_MEANT =
  /\?|\b(?:should|will|would|could|might|may|try|trying|if|whether|once|until|when|before|unless|I'll|let me|let's|need(?:s|ed)? to|want|going to|make sure|ensure|verify|check|confirm|see|not|n't|isn't|aren't|hasn't|never|no longer|almost|nearly|partially|mostly|seems?|appears?|looks? like|test(?:ing)? (?:that|if|whether)|to be|mark(?:ing)?|except|but|however|although|while|expected to)\b|n't\b/i;

/** Words that say that something works or was done. */
const SUCCESS =
  /\b(?:successfully (?:\w+ed|built|set up|written)|works? (?:perfectly|correctly|flawlessly|as (?:expected|required|intended))|(?:is|are) (?:now )?working\b(?! on)|(?:is|are) now (?:complete|functional|ready|fixed)|fully (?:functional|working|operational))\b/i;

/** The agent's own firm words that its work as a whole is done or right; null = none in this step. */
export function claimAt(step: IndexedStep): Evidence | null {
  const isClaim = (sentence: string): boolean => CLAIM.test(sentence) && !NOT_MEANT.test(sentence);
  return saidLast(step, isClaim) ?? handedIn(step, isClaim);
}

/** What the agent says with the tool that ends its work. */
function handedIn(step: IndexedStep, passes: (sentence: string) => boolean): Evidence | null {
  const message = isSubmission(step)
    ? Object.values(step.arguments ?? {}).find((one) => typeof one === "string")
    : undefined;
  const sentence = sentences(message ?? "").findLast((one) => one.trim() !== "" && passes(one));
  return sentence === undefined ? null : { step_id: step.step_id, where: "action", quote: sentence.trim() };
}

/** The agent's own firm words that something of its work is done or right; null = none in this step. */
export function successAt(step: IndexedStep): Evidence | null {
  return saidLast(
    step,
    (sentence) => (CLAIM.test(sentence) || SUCCESS.test(sentence)) && !NOT_MEANT.test(sentence),
  );
}
