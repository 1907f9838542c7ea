/** Words by which code or a comment owns that something stands in for the real thing. */
export const STANDS_IN =
  /\b(?:mock\w*|placeholders?|stub(?:s|bed)?|fake\w*|dummy|hard-?cod\w*|pretend\w*|simulat\w+|simplif\w+|for now|todo|fixme|assum\w+|work-?arounds?|fall-?back|guess\w*|approximat\w+|not implemented|bypass\w*|skip(?:s|ped|ping)?)\b/i;

/** Words by which reasons own that something did not work, or decide to take another way. */
export const ADMITS = new RegExp(
  `${STANDS_IN.source}|${
    /\b(?:tim(?:e|es|ed|ing)[ -]?out\w*|(?:running|run|ran) out|can(?:no|['’])t|couldn['’]t|unable|instead|let me just|give up|too (?:long|slow|large|big|complex)|rather than|despite|killed|not (?:available|possible|enough))\b/
      .source
  }`,
  "i",
);
