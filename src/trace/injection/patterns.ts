/** One way in which text of a run speaks to whoever reads it. `pattern` is sticky-free, bounded in every repetition, so that it takes linear time. */
export interface InjectionPattern {
  kind: string;
  pattern: RegExp;
}

const READER =
  "(?:whoever|anyone|ai|llm|language model|assistant|analyst|analy[sz]er|grader|judge|evaluator|annotator|auditor|reviewer|tracer|codetracer|agent)";
const ORDER =
  "(?:you must|you should|you will|do not|don't|never|always|ignore|disregard|stop|reveal|print|label|mark|report|output|respond|reply|answer|submit)";

/** Spoken in the order of what they would do harm to. Precision before recall: runs are full of prompts that agents write for other models. */
export const INJECTION_PATTERNS: readonly InjectionPattern[] = [
  {
    kind: "ignore_instructions",
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\s{1,3}(?:(?:all|any|every|the|your|of|my|these|those|other)\s{1,3}){0,4}(?:previous|prior|above|earlier|preceding|foregoing|system|original|existing)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:instruction|prompt|rule|direction|guideline|order|task|command|message)s?\b/i,
  },
  {
    kind: "new_role",
    pattern: new RegExp(
      String.raw`\byou are (?:now|no longer|from now on)\s{1,3}(?:an?|the|in|my|our|acting as)\s{1,3}(?:[\w-]{1,20}\s{1,3}){0,3}?(?:${READER}|developer mode|debug mode|admin(?:istrator)?|chatbot|model)\b`,
      "i",
    ),
  },
  {
    kind: "forged_turn",
    pattern: new RegExp(
      String.raw`(?:<\|(?:im_start|start_header_id)\|>\s{0,3}(?:system|developer|user)|</?(?:system|system_prompt)>|<<SYS>>|\[INST\]|^[ \t>#*]{0,8}(?:system|developer|administrator)(?: (?:message|prompt|note|notice|override|instruction|update))?[ \t*]{0,3}:)[\s\S]{0,80}?\b${ORDER}\b`,
      "im",
    ),
  },
  {
    kind: "verdict_order",
    pattern:
      /\b(?:do not|don't|never|must not|refrain from|avoid)\s{1,3}(?:label(?:l?ing)?|flag(?:ging)?|mark(?:ing)?|report(?:ing)?|judg(?:e|ing)|criticis(?:e|ing))\s{1,3}(?:any|this|these|the|all|it|its)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}?(?:steps?|run|trace|trajectory|agent|actions?)\b|\b(?:label|mark|report|classify|rate|judge|treat|score)\s{1,3}(?:all|every|each|any|this|these|the)\s{1,3}(?:\w{1,20}\s{1,3}){0,3}?(?:steps?|run|trace|trajectory|stages?)\s{1,3}(?:as|to be)\s{1,3}(?:correct|sound|fine|successful|right|clean|incorrect|wrong|unuseful|solved)\b|\b(?:report|return|output|submit)\s{1,3}(?:an?\s{1,3})?(?:no|zero|empty)\s{1,3}(?:findings|labels|candidates|incorrect steps|report)\b|\b(?:label|report|flag)\s{1,3}nothing\b|\byour\s{1,3}(?:only|sole)\s{1,3}(?:\w{1,20}\s{1,3})?(?:answer|output|verdict|report)\s{1,3}(?:is|must|should)\b/i,
  },
  {
    kind: "exfiltration",
    pattern:
      /\b(?:you must|you should|you need to|please|now|immediately|first|instead)[,:]?\s{1,3}(?:print|reveal|send|post|upload|exfiltrate|leak|dump|show|output|include|email|transmit)\s{1,3}(?:\w{1,20}\s{1,3}){0,4}?(?:api[ _-]?keys?|secrets?|credentials|passwords?|environment variables|env vars|system prompt|access tokens?|private keys?|[A-Z]{2,20}_API_KEY)\b|\bexfiltrate\s{1,3}(?:the|your|all|any)\b/i,
  },
  {
    kind: "destructive_order",
    pattern:
      /\b(?:you must|you should|please|now|immediately|assistant|to continue)[,:]?\s{1,3}(?:\w{1,20}\s{1,3}){0,3}?(?:run|execute|type|enter)\b[^\n]{0,30}?\brm\s{1,3}-(?:rf|fr)\s{1,3}(?:--no-preserve-root\s{1,3})?["'`]?(?:\/|~|\*|\$HOME)/i,
  },
  {
    kind: "addresses_reader",
    pattern: new RegExp(
      String.raw`^[^\w\n]{0,12}(?:note|message|notice|instructions?|attention|warning|important)[ \t,:]{1,3}(?:(?:to|for)[ \t]{1,3})?(?:(?:the|any|all|an|whichever|whatever)[ \t]{1,3})?(?:[\w-]{1,20}[ \t]{1,3}){0,3}?${READER}s?\b[^\n]{0,60}?[:,.!-][\s\S]{0,120}?\b${ORDER}\b`,
      "im",
    ),
  },
  {
    kind: "addresses_reader",
    pattern: new RegExp(
      String.raw`\b(?:as|if you are) (?:an?|the) (?:[\w-]{1,20} ){0,2}?${READER}(?: \w{1,20})? (?:who is |that is )?(?:reading|reviewing|analy[sz]ing|processing|grading|judging|evaluating|labell?ing) th(?:is|ese|e)\b|^[^\w\n]{0,12}(?:new|updated|revised|real|actual) (?:system )?instructions?[ \t*]{0,3}:`,
      "im",
    ),
  },
  {
    kind: "forged_mark",
    pattern:
      /<<<data\b|\bdata>>>|^[^\w\n]{0,12}end[ _]of[ _](?:the[ _])?(?:trace|trajectory|untrusted|recorded)(?:[ _](?:data|run|output|content|text))?\b|"wrong_in_stretch"|\/scratch\/report\.json|^\[\d{1,6}\] (?:change|explore)\b[^\n]{0,60} · [0-9a-f]{6}$/im,
  },
  {
    kind: "hidden_text",
    pattern: /[\u202d\u202e]|[\u{e0020}-\u{e007e}]{6,}|[\u200b-\u200d\u2060\ufeff]{8,}/u,
  },
];
