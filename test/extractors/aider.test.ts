import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/aider/index.ts";
import { discoverRuns, placeOf } from "../../src/extract/discover.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { tempRun } from "../support/temp-run.ts";

const NAME = ".aider.chat.history.md";
const START = "\n# aider chat started at 2026-01-01 10:00:00\n\n> Aider v0.86.1  \n";

function runsOf(text: string) {
  const { runs } = discoverRuns(openDirectory(tempRun({ [NAME]: text })), [extractor]);
  return runs.map((run) => ({
    place: placeOf(run),
    ...extractor.extract(run.files),
    counted: extractor.countActions?.(run.files),
  }));
}

function steps(text: string) {
  const [run] = runsOf(text);
  return (run?.steps ?? []).map(({ action, observation }) => [action, observation]);
}

function block(path: string, search: string, replace: string): string {
  return `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\`\n`;
}

const ASKED = "\n#### Do it.  \n\n";
const TOKENS = "\n> Tokens: 1k sent, 2 received.  \n";

describe("aider", () => {
  it("makes each session in which something was said a run of its own", () => {
    const edited = `${ASKED}${block("a.py", "1", "2")}${TOKENS}> Applied edit to a.py  \n`;
    const runs = runsOf(`${START}${edited}${START}> ^C KeyboardInterrupt  \n${START}${ASKED}No.\n${TOKENS}`);
    expect(runs.map(({ place, steps: found, counted }) => [place, found.length, counted])).toEqual([
      [`${NAME}:2`, 1, 1],
      [`${NAME}:25`, 0, 0],
    ]);
    expect(runs[1]?.empty_reason).toBe(
      "The model answered in prose only: no edit was applied and no command was run.",
    );
  });

  it("takes no edit from an answer that Aider did not act on, nor from one that broke off", () => {
    expect(steps(`${START}${ASKED}${block("a.py", "1", "2")}${TOKENS}`)).toEqual([]);
    const broken = "a.py\n```\n<<<<<<< SEARCH\n1\n=======\n2\n";
    expect(
      steps(
        `${START}${ASKED}${broken}\n> ^C again to exit  \n${ASKED}${block("b.py", "1", "2")}${TOKENS}> Applied edit to b.py  \n`,
      ),
    ).toEqual([['edit {"path":"b.py","search":"1","replace":"2"}', "Applied edit to b.py"]]);
  });

  it("does not take the echo of a failed block for a new one", () => {
    const failure =
      "> The LLM did not conform to the edit format.  \n> # 1 SEARCH/REPLACE block failed to match!\n\n" +
      "## SearchReplaceNoExactMatch: This SEARCH block failed to exactly match lines in a.py\n" +
      "<<<<<<< SEARCH\n1\n=======\n2\n>>>>>>> REPLACE\n\nThe SEARCH section must exactly match an existing block  \n";
    const text = `${START}${ASKED}${block("a.py", "1", "2")}${TOKENS}${failure}\n${block("a.py", "one", "2")}${TOKENS}> Applied edit to a.py  \n`;
    const [run] = runsOf(text);
    expect(run?.counted).toBe(2);
    expect(run?.steps.map(({ is_error }) => is_error)).toEqual([true, undefined]);
    expect(run?.steps[1]?.observation).toBe("Applied edit to a.py");
  });

  it("keeps quotes and headings of an edited Markdown file inside the edit", () => {
    const replace = "#### Heading  \n> quoted  ";
    const [run] = runsOf(`${START}${ASKED}${block("a.md", "x", replace)}${TOKENS}> Applied edit to a.md  \n`);
    expect(run?.steps.map((step) => step.arguments)).toEqual([{ path: "a.md", search: "x", replace }]);
    expect(run?.task).toBe("Do it.");
  });

  it("reads a file whose trailing blanks were removed", () => {
    const text = `${START}${ASKED}${block("a.py", "1", "2")}${TOKENS}> Applied edit to a.py  \n`;
    expect(steps(text.replace(/ +$/gm, ""))).toEqual(steps(text));
  });

  it("runs commands that were allowed, not those that were declined", () => {
    const offer = (answer: string) => `> make  \n> Run shell command? (Y)es/(N)o [Yes]: ${answer}  \n`;
    expect(steps(`${START}${ASKED}Run it.\n${TOKENS}${offer("n")}`)).toEqual([]);
    expect(steps(`${START}${ASKED}Run it.\n${TOKENS}${offer("y")}> Running make  \n`)).toEqual([
      ["make", null],
    ]);
  });

  it("uses one name for blocks that follow without their own", () => {
    const second = "<<<<<<< SEARCH\n3\n=======\n4\n>>>>>>> REPLACE\n";
    expect(
      steps(
        `${START}${ASKED}${block("**src/a.py:**", "1", "2")}\n\n${second}${TOKENS}> Applied edit to src/a.py  \n`,
      ).map(([action]) => action),
    ).toEqual([
      'edit {"path":"src/a.py","search":"1","replace":"2"}',
      'edit {"path":"src/a.py","search":"3","replace":"4"}',
    ]);
  });
});
