const TASK_CHARS = 20_000;
const WORD = /[A-Za-z_][\w-]{3,}|\w[\w-]*\.\w{1,6}\b/g;
/** Words that tasks are full of and that tell nothing apart. */
const COMMON = new Set(
  "this that with from have will should must your task file files using used when then than into each which there their output input create write make sure code test tests data python script command directory folder name value example following only they been also contain contains such after before current based import include return print true false none line lines first last case ensure note required work working under implement implementation provide expected result results want need".split(
    " ",
  ),
);
const ENOUGH_WORDS = 2;

/** Tells how much a text has to do with a task, 0 to 1: by the distinctive words and names that both hold. */
export function relevanceTo(task: string | null): (text: string) => number {
  const words = wordsOf(task?.slice(0, TASK_CHARS) ?? "");
  return (text) => {
    let shared = 0;
    for (const word of wordsOf(text)) if (words.has(word)) shared++;
    return Math.min(1, shared / ENOUGH_WORDS);
  };
}

function wordsOf(text: string): Set<string> {
  const found = (text.match(WORD) ?? []).flatMap((word) => [word, ...word.split(/[-.]/)]);
  return new Set(
    found.map((word) => word.toLowerCase()).filter((word) => word.length > 3 && !COMMON.has(word)),
  );
}
