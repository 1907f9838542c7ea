import { describe, expect, it } from "vitest";
import { gatherHint } from "../../../src/hint/index.ts";
import { change, failure, look, type StepSketch, steps, writeFile } from "../../support/steps.ts";
import { traced } from "../check/traced.ts";

const TASK =
  "Recover all rows of main.db, whose WAL file is broken, and speed up `order_totals` in shop/orders.py.";

/** The texts of the facts of a run that nothing is held against. */
function factsOf(...sketches: StepSketch[]): string[] {
  const { facts } = gatherHint(traced({ task: TASK, steps: steps(...sketches) }), { allowVerifier: false });
  return facts.map((fact) => fact.text);
}

const LS =
  "total 28\n-rw-r--r-- 1 root root  8192 Dec 14 16:03 main.db\n-rw-r--r-- 1 root root 16512 Dec 14 16:03 main.db-wal";

describe("facts", () => {
  it("tell of programs, modules and packages that are missing, not of names that were never run", () => {
    expect(
      factsOf(
        failure("file main.db", "bash: file: command not found", { kind: "explore" }),
        failure("python3 read.py", "ModuleNotFoundError: No module named 'numpy'", { kind: "explore" }),
        failure("apt-get install -y sqlite-tools", "E: Unable to locate package sqlite-tools", {
          touches: { programs: ["apt-get"], packages: ["sqlite-tools"] },
        }),
        look("cat notes", "bash: import: command not found"),
        look("which expect || echo 'no expect'", "no expect", { touches: { programs: ["which", "echo"] } }),
        look("which jq", "", { exit_code: 1 }),
      ),
    ).toEqual([
      "Not installed at the start: `file`, `expect`, `jq`.",
      "Python modules that are not installed at the start: `numpy`.",
      "The package manager did not find: `sqlite-tools`.",
    ]);
  });

  it("do not hold what the attempt itself made or installed for the environment", () => {
    expect(
      factsOf(
        change("apt-get install -y gcc", {
          observation: "Setting up gcc (4:13.2)",
          touches: { programs: ["apt-get"], packages: ["gcc"] },
        }),
        look("gcc --version", "gcc (Debian 13.2.0) 13.2.0"),
        writeFile("rows.csv", "id,name"),
        look("head rows.csv", "id,name", { touches: { reads: ["rows.csv"] } }),
        look("ls -la", "-rw-r--r-- 1 root root 8 Dec 14 16:03 rows.csv"),
        look("wc -l rows.csv", "1 rows.csv"),
      ),
    ).toEqual([
      "The network can be reached: `apt-get install -y gcc` went through. Nothing of it is there now; run again what you need.",
    ]);
  });

  it("tell of a file that was gone without having been deleted, and of the first command on it", () => {
    const [first, ...others] = factsOf(
      look("ls -la", LS),
      look("sqlite3 main.db '.tables'", "items"),
      failure("od -x main.db-wal", "od: main.db-wal: No such file or directory", { kind: "explore" }),
    );
    expect(first).toBe(
      "`main.db-wal` is there at the start but was gone later (`od: main.db-wal: No such file or directory`), though no command asked for that; the first command on it or on what belongs to it was `sqlite3 main.db '.tables'`. Copy it elsewhere before you run anything on it.",
    );
    expect(others).toContain(
      "At the start the working directory holds `main.db` (8192 bytes), `main.db-wal` (16512 bytes).",
    );
    expect(
      factsOf(
        look("ls -la", LS),
        change("rm main.db-wal", { touches: { deletes: ["main.db-wal"] } }),
        failure("od -x main.db-wal", "od: main.db-wal: No such file or directory"),
      ).join("\n"),
    ).not.toContain("gone later");
  });

  it("give each command of a terminal's screen its own output", () => {
    const prompt = "root@box:/app# ";
    expect(
      factsOf(
        look("python3 --version\n", null),
        look(
          "sqlite3 main.db '.tables'\n",
          `${prompt}python3 --version\nPython 3.12.3\n${prompt}sqlite3 main.db '.tables'\nitems\n${prompt}`,
        ),
      ),
    ).toEqual(["`sqlite3 main.db '.tables'` prints `items`.", "There at the start: `Python 3.12.3`."]);
  });

  it("tell of commands that were stopped, by the harness's word or by the agent's", () => {
    const same = "ls: cannot access 'bzImage': No such file or directory";
    expect(
      factsOf(
        failure("make -j4", same),
        failure("ls -la bzImage", same, { kind: "explore", thinking: "The build timed out. Let me look." }),
        failure("pip install torch", "The last command timed out and has been killed after 60 seconds", {
          touches: { programs: ["pip"], packages: ["torch"] },
        }),
      ),
    ).toEqual([
      "Long commands are stopped here before they end: `make -j4` did not come back. Run such work in the background with a log, and look at the log until it ends.",
      "`pip install torch` was stopped for its time: `The last command timed out and has been killed after 60 seconds`. Run such work in the background with a log.",
    ]);
  });

  it("tell of tools that the harness refuses or that never work", () => {
    const tool = (name: string, observation: string): StepSketch =>
      look(`${name} {"pattern":"x"}`, observation, { tool: name, failed: true, arguments: { pattern: "x" } });
    expect(
      factsOf(
        tool("Glob", "spawn rg EACCES"),
        tool("Grep", "spawn rg EACCES"),
        tool("WebSearch", "Claude requested permissions to use WebSearch, but you haven't granted it yet."),
        tool("Read", "File does not exist."),
        tool("Read", "File does not exist."),
      ),
    ).toEqual([
      "The tools `Glob`, `Grep` failed at every call: `spawn rg EACCES`. Use the shell instead.",
      "The tool `WebSearch` was refused: `Claude requested permissions to use WebSearch, but you haven't granted it yet.`.",
    ]);
  });

  it("tell of commands that the shell takes for its own colon", () => {
    const lost = (action: string): StepSketch =>
      look(action, "(no output)", { touches: { programs: [":"] } });
    expect(factsOf(lost(": ls"), lost(":"), lost(": python3 run.py"))).toEqual([
      "A command that begins with a colon does nothing and prints nothing: 3 commands of the earlier attempt were lost that way, such as `: python3 run.py`, `: ls`. Send the command itself.",
    ]);
  });

  it("tell of a failure with what went through instead, and leave out the attempt's own scripts", () => {
    expect(
      factsOf(
        failure("pip install lxml pandas", "error: externally-managed-environment", {
          touches: { programs: ["pip"], packages: ["lxml", "pandas"] },
        }),
        change("pip install lxml pandas --break-system-packages", {
          observation: "installing done",
          exit_code: 0,
          touches: { programs: ["pip"], packages: ["lxml", "pandas"] },
        }),
        writeFile("solve.sh", "exit 1"),
        failure("./solve.sh", "error: no rows"),
      ),
    ).toEqual([
      "`pip install lxml pandas` fails: `error: externally-managed-environment`; later `pip install lxml pandas --break-system-packages` went through.",
    ]);
  });

  it("tell where code of the task stands and fails, in files that were not changed", () => {
    const trace =
      'Traceback (most recent call last):\n  File "/app/try.py", line 2, in <module>\n    run()\n  File "/app/shop/orders.py", line 12, in order_totals\n    x\n  File "/usr/lib/python3.12/json.py", line 9, in load\n    y\nValueError: bad total';
    expect(
      factsOf(
        look(
          "grep -rn 'def ' shop",
          "shop/orders.py:10:def order_totals(rows):\nshop/orders.py:30:def show(rows):",
        ),
        writeFile("/app/try.py", "run()"),
        failure("python3 /app/try.py", trace, { kind: "explore", touches: { reads: ["/app/try.py"] } }),
        change("sed -i s/x/y/ shop/orders.py", { touches: { writes: ["shop/orders.py"] } }),
        look("grep -n 'def order_totals' shop/orders.py", "14:def order_totals(rows):"),
      ),
    ).toEqual([
      "The code that runs is in `/app/shop/orders.py:12` (`order_totals`), where it raises `ValueError: bad total`.",
      "`shop/orders.py:10` holds `def order_totals(rows):`.",
    ]);
  });

  it("tell which command runs the tests, what it showed, and whether that was before any change", () => {
    const output =
      "FAILED tests/test_orders.py::test_totals - assert 1 == 2\n===== 1 failed, 4 passed in 0.31s =====";
    const run = look("python -m pytest tests -q", output, {
      touches: { programs: ["python"], tests: ["pytest"] },
    });
    const said = "`===== 1 failed, 4 passed in 0.31s =====`; failing: `tests/test_orders.py::test_totals`.";
    expect(factsOf(run)).toEqual([`\`python -m pytest tests -q\` runs tests: ${said}`]);
    expect(factsOf(change("sed -i s/a/b/ x.py", { touches: { writes: ["x.py"] } }), run)).toEqual([
      `\`python -m pytest tests -q\` runs tests, after changes of the earlier attempt: ${said}`,
    ]);
  });

  it("tell of hosts that cannot be reached and of what is not served", () => {
    expect(
      factsOf(
        failure("curl -s https://a.example/x", "curl: (6) Could not resolve host: a.example"),
        look("curl -sI http://server:8000", "HTTP/1.1 502 Bad Gateway", {
          touches: { network: ["http://server:8000"] },
        }),
      ),
    ).toEqual([
      "`curl -s https://a.example/x` cannot reach its host: `curl: (6) Could not resolve host: a.example`.",
      "`curl -sI http://server:8000` cannot fetch what it asks for: `HTTP/1.1 502 Bad Gateway`.",
    ]);
  });

  it("tell which files a search found and how data begins", () => {
    expect(
      factsOf(
        look('Grep {"pattern":"order_totals"}', "Found 2 files\nshop/orders.py\nshop/report.py", {
          tool: "Grep",
          arguments: { pattern: "order_totals" },
        }),
        look("cat rows.csv", "id,name,total\n1,a,2", { touches: { reads: ["rows.csv"] } }),
      ),
    ).toEqual([
      "A search for `order_totals` finds `shop/orders.py`, `shop/report.py`.",
      "`rows.csv` begins `id,name,total`.",
    ]);
  });
});
