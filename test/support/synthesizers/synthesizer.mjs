// A model that writes readers for three invented layouts: it looks, writes a wrong one, mends it once the report says what is wrong, and submits.
// Its replies depend on the messages alone.
import { pipeLog } from "./pipe-log.mjs";
import { turnFolders } from "./turn-folders.mjs";
import { xmlEvents } from "./xml-events.mjs";

const LAYOUTS = [pipeLog, xmlEvents, turnFolders];

const NOTE = `# Layout

Invented for a test. One step is one command with what it printed.
Not recorded: the task, tokens, times, how the run ended.
`;

/** @param {{role: string, text: string}[]} messages */
export default function reply(messages) {
  const asked = messages.filter(({ role }) => role === "assistant").length;
  if (asked === 0)
    return said("I look at the names and the first lines.", "find . -type f | sort | head -30");
  const layout = LAYOUTS.find(({ sign }) => messages.some(({ text }) => text.includes(sign)));
  if (layout === undefined) return null;
  const last = messages.at(-1)?.text ?? "";
  if (asked === 1)
    return said("One record a command.", `${written(layout.wrong, layout.fingerprint)}\ncheck`);
  if (last.includes("Everything passes"))
    return said("It passes.", `cat > /scratch/EXTRACTOR.md <<'NOTE'\n${NOTE}NOTE\nsubmit`);
  if (layout.symptom.test(last))
    return said("The report says what is wrong.", `${written(layout.right, layout.fingerprint)}\ncheck`);
  return null;
}

function written(source, fingerprint) {
  return `cat > /scratch/extractor.js <<'CODE'\n${source}CODE
cat > /scratch/fingerprint.json <<'JSON'\n${JSON.stringify(fingerprint)}\nJSON`;
}

function said(prose, command) {
  return `${prose}\n\n\`\`\`sh\n${command}\n\`\`\`\n`;
}
