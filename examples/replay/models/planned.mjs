// What the scripted models have in common. Each looks around, takes one of several ways, and hands in. It has a favourite way, and
// leaves it only where its prompt tells it to: where a hint quotes the way as one that went wrong. A way that hangs on something is
// taken only where the hint names that thing. The models know no hint by heart: they react to what stands in the prompt.

/** A model from its plan: `ways(seed)` lists what it would do, its favourite first. */
export function planned({ look, ways }) {
  return (messages, { seed }) => {
    const sections = sectionsOf(messages[0].content);
    const chosen = ways(seed).find((way) => isOpen(way, sections));
    const turns = [...look, [chosen.thought, chosen.command]];
    const turn = messages.filter(({ role }) => role === "assistant").length;
    const [thought, command] = turns[turn] ?? ["I am done.", "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"];
    return `${thought}\n\n\`\`\`bash\n${command}\n\`\`\``;
  };
}

/** Nothing that is quoted of an earlier failure is in it, and what it hangs on is quoted among the facts. */
function isOpen({ thought, command, hangsOn }, { failures, facts }) {
  const isWarned = failures.some((quote) => quote.length >= 15 && `${thought}\n${command}`.includes(quote));
  return !isWarned && (hangsOn === undefined || facts.some((quote) => quote.includes(hangsOn)));
}

/** What a prompt quotes in backticks under headings about an earlier attempt's failure, and under those about the environment. */
function sectionsOf(prompt) {
  const quotes = { failures: [], facts: [] };
  for (const section of prompt.split(/^## /m).slice(1)) {
    const found = [...section.matchAll(/(`+) ?(.+?) ?\1/g)].map((match) => match[2].replace(/…$/, "").trim());
    if (/^(?:Where it went wrong|Do not repeat)/.test(section)) quotes.failures.push(...found);
    if (/^Known/.test(section)) quotes.facts.push(...found);
  }
  return quotes;
}
