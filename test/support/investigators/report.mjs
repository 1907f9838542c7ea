const MOST_CANDIDATES = 4;

/**
 * A report over the most suspicious notes, two to four where there are as many.
 *
 * @param {{id: number, score: number, quote: string, failed: boolean}[]} notes
 * @param {{stepCount: number, stageIds: number[]}} run
 */
export function reportOf(notes, { stepCount, stageIds }) {
  const chosen = [...notes]
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, Math.min(MOST_CANDIDATES, Math.max(2, Math.ceil(stepCount / 25))))
    .sort((a, b) => a.id - b.id);
  return {
    stages: stageIds.map((stage_id) => ({ stage_id, wrong_share: 0, note: "nothing of weight" })),
    candidates: chosen.map((note) => candidateOf(note, stepCount)),
    unuseful: [],
    summary: `The run was read to its end; ${chosen.length} of its changes look wrong.`,
    root_cause: chosen.slice(0, 1).map(({ id }) => `step ${id} went wrong`),
    critical_decisions: chosen.slice(0, 1).map(({ id }) => ({ step: id, decision: "went on as before" })),
    strategy: "Read what the command before had printed, then decide.",
  };
}

function candidateOf({ id, score, quote, failed }, stepCount) {
  const first = Math.max(1, Math.min(id, stepCount - 1));
  return {
    steps: [id],
    kind: failed ? "ignored_evidence" : "wrong_change",
    confidence: score,
    stretch: [first, Math.min(stepCount, first + 1)],
    wrong_in_stretch: 1,
    quotes: [{ step: id, text: quote }],
    why: failed ? "It failed as the output before it had announced." : "The run stayed with it to its end.",
    later: "kept",
    better: "Check the assumption with a reading command first.",
  };
}

/** The same report after a second thought: every other candidate is half as sure. */
export function lessSure(report) {
  const candidates = report.candidates.map((one, index) =>
    index % 2 === 1 ? { ...one, confidence: Math.round(one.confidence / 2) } : one,
  );
  return { ...report, candidates };
}

/**
 * The report of the newest reply, which is what the host speaks of; undefined where there is none.
 *
 * @param {{role: string, text: string}[]} messages
 * @returns {ReturnType<typeof reportOf> | undefined}
 */
export function handedIn(messages) {
  const said = messages.findLast(({ role }) => role === "assistant")?.text ?? "";
  const json = /(?:<<'JSON'|```json)\n([\s\S]*?)\n(?:JSON|```)\n/.exec(said)?.[1];
  return json === undefined ? undefined : JSON.parse(json);
}

/** The report without the candidates that the host complains about. */
export function withoutRefused(report, problems) {
  const refused = new Set([...problems.matchAll(/Candidate (\d+)/g)].map(([, number]) => Number(number)));
  return { ...report, candidates: report.candidates.filter((_, index) => !refused.has(index + 1)) };
}

/** A reply that writes a report and hands it in. */
export function handIn(prose, report) {
  const json = JSON.stringify(report, null, 1);
  return withCommand(prose, `cat > /scratch/report.json <<'JSON'\n${json}\nJSON\nsubmit`);
}

/** A reply: findings, and its one command. */
export function withCommand(prose, command) {
  return `${prose}\n\n\`\`\`sh\n${command}\n\`\`\`\n`;
}
