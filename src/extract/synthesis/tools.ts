/** Files of the scratch area that a hand-in leaves for the host. */
export const HANDED_IN = {
  verb: ".handed-in",
  source: ".handed-in-extractor.js",
  format: ".handed-in-fingerprint.json",
  note: ".handed-in-EXTRACTOR.md",
} as const;

/** What is asked of the host. */
export type Verb = "check" | "submit";

/** Files of an earlier version, for a revision. */
export interface EarlierFiles {
  source: string;
  note: string;
  format: string;
}

/**
 * The commands of the shell, name to POSIX script: `check` and `submit` hand files to the host, which answers behind the output of the command;
 * `earlier` writes the files of the version that is to be revised. `nonce` ends their texts.
 */
export function synthesisTools(
  earlier: EarlierFiles | null,
  nonce: string,
  scratch = "/scratch",
): Record<string, string> {
  return {
    check: handIn("check", scratch),
    submit: handIn("submit", scratch),
    ...(earlier === null ? {} : { earlier: earlierScript(earlier, nonce, scratch) }),
  };
}

function handIn(verb: Verb, scratch: string): string {
  return `#!/bin/sh
cd ${scratch} || exit 1
for file in extractor.js fingerprint.json${verb === "submit" ? " EXTRACTOR.md" : ""}; do
  if [ ! -s $file ]; then
    echo "there is no ${scratch}/$file yet: write it, then ${verb}" >&2
    exit 1
  fi
done
cp extractor.js ${HANDED_IN.source}
cp fingerprint.json ${HANDED_IN.format}
if [ -f EXTRACTOR.md ]; then cp EXTRACTOR.md ${HANDED_IN.note}; fi
echo ${verb} > ${HANDED_IN.verb} && echo "handed in: the answer follows"
`;
}

function earlierScript({ source, note, format }: EarlierFiles, nonce: string, scratch: string): string {
  const files = { "extractor.js": source, "EXTRACTOR.md": note, "fingerprint.json": format };
  const end = `END_${nonce}`;
  const parts = Object.entries(files).map(
    ([name, text]) => `cat > ${scratch}/${name} <<'${end}'\n${text.replaceAll(end, "END")}\n${end}\n`,
  );
  return `#!/bin/sh\n${parts.join("")}echo "wrote ${Object.keys(files).join(", ")} to ${scratch}"\n`;
}
