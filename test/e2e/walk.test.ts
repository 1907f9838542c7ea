import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { plainWalk } from "../../src/walk/plain.ts";
import { writeWorkspace } from "../../src/workspace/write.ts";
import { codetracer } from "../support/cli.ts";
import { tempRun } from "../support/temp-run.ts";
import { madeRun } from "../walk/made-run.ts";
import { AS_BEFORE, PtySession, type SessionOptions, walkCommand, walkSession } from "../walk/pty-session.ts";
import { SCREENS } from "../walk/screens.ts";

const RIGHT = "\u001b[C";
const SIZE = { columns: 80, rows: 24 };
/** All that a walk may send to a terminal besides text. */
const SENT = new RegExp(
  [
    "\\u001b\\[\\d+;\\d+H", // to a place
    "\\u001b\\[2?[JK]", // clear
    "\\u001b\\[\\?(?:1049|25|7)[hl]", // other screen, cursor, wrapping
    "\\u001b\\[(?:[0127]|1;7|3[136]|30;4[236])?m", // styles
    "\\r\\n?",
  ].join("|"),
  "g",
);

function workspace(): string {
  const folder = tempRun({});
  writeWorkspace(path.join(folder, "run"), madeRun());
  return folder;
}

function begin(args: readonly string[] = [], options: Partial<SessionOptions> = {}): PtySession {
  return endedAfterwards(walkSession(["run", ...args], { cwd: workspace(), ...SIZE, ...options }));
}

/** A shell in a pseudo-terminal, in a folder that holds the run. */
function shell(args: readonly string[], cwd = workspace()): PtySession {
  return endedAfterwards(new PtySession("bash", args, { cwd, ...SIZE, env: { PS1: "ready> " } }));
}

function endedAfterwards(session: PtySession): PtySession {
  onTestFinished(() => {
    try {
      session.pty.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  });
  return session;
}

async function shows(session: PtySession, name: keyof typeof SCREENS): Promise<void> {
  expect(await session.screen(SCREENS[name])).toEqual(SCREENS[name]);
  expect(session.terminal.buffer.active.type).toBe("alternate");
}

describe("codetracer walk in a terminal", () => {
  it("shows a whole screen after each key of a session, and the old screen after the last", async () => {
    const session = begin();
    await shows(session, "start");
    for (const [keys, name] of [
      [RIGHT, "failed"],
      ["o", "onset"],
      [" ", "onsetEnd"],
      ["<", "onset"],
      ["e", "quote"],
      ["m", "tree"],
      ["\r?", "keys"],
      ["xi", "run"],
      ["\u001b", "quote"],
      ["6\r", "wide"],
      ["g/RETURN", "typing"],
      ["\u007f\u007f\u007f\u007f\u007f\u007f42\r", "found"],
      ["\u001b[1;5D\u001b[200~", "found"],
      ["ll\u001b[5~\u001b[5~e", "deepQuote"],
    ] as const) {
      session.press(keys);
      await shows(session, name);
    }
    session.press("q");
    expect(await session.ended()).toEqual({ exitCode: 0, signal: 0, ...AS_BEFORE });
    expect(session.lines().join("").trim()).toBe("");
  });

  it("draws itself anew when the terminal changes its size", async () => {
    const session = begin(["--step", "onset"]);
    await shows(session, "onset");
    session.resize(40, 15);
    await shows(session, "narrowOnset");
    session.press("m");
    await shows(session, "narrowTree");
    session.press("\r");
    session.resize(20, 6);
    await shows(session, "tiny");
    session.resize(80, 24);
    await shows(session, "onset");
  });

  it("colours quotes, and underlines them where colours are not wanted", async () => {
    const cellOfQuote = async (session: PtySession) => {
      await shows(session, "failed");
      const row = SCREENS.failed.findIndex((line) => line.startsWith("▌"));
      const cell = session.terminal.buffer.active.getLine(row)?.getCell("▌ bash: ".length);
      return {
        character: cell?.getChars(),
        background: cell?.getBgColor(),
        underlined: cell?.isUnderline() !== 0,
      };
    };
    expect(await cellOfQuote(begin(["--step", "2"]))).toEqual({
      character: "p",
      background: 3,
      underlined: false,
    });
    expect(await cellOfQuote(begin(["--step", "2"], { env: { NO_COLOR: "1" } }))).toEqual({
      character: "p",
      background: -1,
      underlined: true,
    });
  });

  it("is not moved by what a step would have a terminal do", async () => {
    const session = begin();
    const done: string[] = [];
    session.terminal.onTitleChange(() => done.push("title"));
    session.terminal.onBell(() => done.push("bell"));
    for (const id of [0, 8, 52])
      session.terminal.parser.registerOscHandler(id, () => done.push(`osc ${id}`) > 0);
    await shows(session, "start");
    const modes = { ...session.terminal.modes };
    session.press("5\r");
    await shows(session, "hostile");
    expect({ ...session.terminal.modes }).toEqual(modes);
    session.press("zvz>/evil\rnnm");
    session.press("g\r");
    await shows(session, "start");
    session.press("q");
    expect(await session.ended()).toEqual({ exitCode: 0, signal: 0, ...AS_BEFORE });
    expect(done).toEqual([]);
    expect(session.written.replaceAll(SENT, "")).not.toMatch(/\p{Cc}/u);
  });
});

describe("codetracer walk gives the terminal back", () => {
  it("when the user interrupts", async () => {
    const session = begin();
    await shows(session, "start");
    session.press("\u0003");
    expect(await session.ended()).toEqual({ exitCode: 130, signal: 0, ...AS_BEFORE });
  });

  it.each([
    ["SIGINT", { exitCode: 130, signal: 0 }],
    ["SIGTERM", { exitCode: 0, signal: 15 }],
    ["SIGHUP", { exitCode: 0, signal: 1 }],
  ] as const)("on %s", async (signal, how) => {
    const session = begin();
    await shows(session, "start");
    session.pty.kill(signal);
    expect(await session.ended()).toEqual({ ...how, ...AS_BEFORE });
  });

  it("when the program fails, and the failure can be read", async () => {
    const fails = 'process.on("SIGUSR2",()=>{throw new Error("boom")})';
    const module = `data:text/javascript,${encodeURIComponent(fails)}`;
    const session = begin([], { env: { NODE_OPTIONS: `--import=${module}` } });
    await shows(session, "start");
    session.pty.kill("SIGUSR2");
    expect(await session.ended()).toEqual({ exitCode: 1, signal: 0, ...AS_BEFORE });
    expect(session.lines().join("\n")).toContain("Error: boom");
  });

  it.each([
    ["q", "done 0"],
    ["kill", "done 143"],
  ])("with the line settings that it had: %s", async (how, last) => {
    const cwd = workspace();
    const script = `stty -a > before; sh -c 'echo $$ > pid; exec ${walkCommand(["run"])}'; echo done $?; stty -a > after`;
    const session = shell(["-c", script], cwd);
    await shows(session, "start");
    const read = (name: string): string => fs.readFileSync(path.join(cwd, name), "utf8");
    if (how === "kill") process.kill(Number(read("pid")), "SIGTERM");
    else session.press(how);
    expect(await session.ended()).toEqual({ exitCode: 0, signal: 0, ...AS_BEFORE });
    expect(session.lines().join("\n")).toContain(last);
    expect(read("after")).toBe(read("before"));
  });

  it("to the shell on Ctrl-Z, and takes it again with fg", async () => {
    const session = shell(["--norc", "--noprofile", "-i"]);
    expect(await session.until((lines) => lines[0] === "ready>")).toBe(true);
    session.press(`${walkCommand(["run", "--step", "onset"])}\r`);
    await shows(session, "onset");
    session.press("\u001a");
    expect(await session.until((lines) => lines.some((line) => line.includes("Stopped")))).toBe(true);
    expect(await session.left()).toEqual(AS_BEFORE);
    session.press("echo it $((40 + 2))\r");
    expect(await session.until((lines) => lines.includes("it 42"))).toBe(true);
    session.press("fg\r");
    await shows(session, "onset");
    session.press("e");
    await shows(session, "quote");
    session.press("q");
    expect(await session.until((lines) => lines.includes("it 42"))).toBe(true);
    expect(await session.left()).toEqual(AS_BEFORE);
  });

  it("for a moment on Ctrl-Z where no shell stops it", async () => {
    const session = begin();
    await shows(session, "start");
    session.press("\u001a");
    expect(await session.until(() => session.written.split("\u001b[?1049h").length === 3)).toBe(true);
    session.press(RIGHT);
    await shows(session, "failed");
  });
});

describe("codetracer walk without a terminal", () => {
  const plain = [...plainWalk(madeRun(), 1, { color: false, width: 80 })].join("");

  it("prints all steps", async () => {
    const cwd = workspace();
    const options = { cwd, env: { COLUMNS: "80" } };
    expect(await codetracer(["walk", "run"], options)).toEqual({
      stdout: plain.trimEnd(),
      stderr: "",
      exitCode: 0,
    });
    expect((await codetracer(["walk", "run", "--step", "7"], options)).stdout).not.toContain("step 6 ·");
  });

  it("prints them on a terminal that draws nothing, too, and where it is told to", async () => {
    const dumb = begin([], { rows: 400, env: { TERM: "dumb" } });
    expect(await dumb.ended()).toEqual({ exitCode: 0, signal: 0, ...AS_BEFORE });
    expect(dumb.written).toBe(plain.replaceAll("\n", "\r\n"));
    const told = begin(["--plain"], { env: { NO_COLOR: "1" } });
    await told.ended();
    expect(told.written).toBe(plain.replaceAll("\n", "\r\n"));
  });

  it("prints the run as JSON", async () => {
    const { stdout } = await codetracer(["walk", "run", "--json"], { cwd: workspace() });
    expect(JSON.parse(stdout)).toMatchObject({ steps: madeRun().steps, diagnosis: { onset_step_id: 3 } });
  });

  it("refuses a step that is not there", async () => {
    for (const step of ["8", "0", "1.5"]) {
      expect(await codetracer(["walk", "run", "--step", step], { cwd: workspace() })).toEqual({
        stdout: "",
        stderr: `codetracer: --step takes a step within 1-7, or onset where one was found: not "${step}"`,
        exitCode: 2,
      });
    }
  });
});
