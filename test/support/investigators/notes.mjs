import { suspicion } from "./views.mjs";

const NOTE = /^- step (\d+), suspicion (\d+)(, failed)?: `(.+)`$/gm;

/**
 * What a reply says about the steps it has just seen: the most suspicious, each with words of it.
 *
 * @param {ReturnType<typeof import("./views.mjs").viewsIn>} views
 * @param {{stepCount: number, most: number}} options
 */
export function notesOn(views, { stepCount, most }) {
  return views
    .map((view) => ({ ...view, score: suspicion(view, stepCount) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, most)
    .map(({ id, score, failed, quotes }) => ({ id, score, failed, quote: quotes[0] }));
}

/** As a line of a reply. */
export function noteLine({ id, score, failed, quote }) {
  return `- step ${id}, suspicion ${score}${failed ? ", failed" : ""}: \`${quote}\``;
}

/**
 * What was noted in earlier replies: they stay in the conversation when outputs are taken out of it.
 *
 * @param {{role: string, text: string}[]} messages
 */
export function notesIn(messages) {
  const notes = new Map();
  for (const { role, text } of messages) {
    if (role !== "assistant") continue;
    for (const [, id, score, failed, quote] of text.matchAll(NOTE))
      notes.set(Number(id), { id: Number(id), score: Number(score), failed: failed !== undefined, quote });
  }
  return [...notes.values()];
}

/**
 * What the first message tells of the run.
 *
 * @param {{role: string, text: string}[]} messages
 */
export function runIn(messages) {
  const start = messages.find(({ role }) => role === "user")?.text ?? "";
  const [, steps = "1", stages = "1"] = /(\d+) steps? in (\d+) stages?/.exec(start) ?? [];
  return {
    stepCount: Number(steps),
    stageIds: Array.from({ length: Number(stages) }, (_, index) => index + 1),
  };
}
