import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Shell } from "../../src/agent/shell.ts";
import { directoryDigest } from "../support/directory-digest.ts";
import { tempRun } from "../support/temp-run.ts";
import { caseFolder } from "./shell-cases/folder.ts";
import { SHELLS, shellOver } from "./shells.ts";
import { sleeping } from "./sleeping.ts";

const SECRET = "hunter2-of-the-host";
const SLEEP_SECONDS = "98765.4321";

for (const { kind, works } of SHELLS) {
  describe.runIf(works)(`nothing gets out of the ${kind} shell:`, () => {
    const secretFile = path.join(tempRun({ "secret.txt": SECRET }), "secret.txt");
    const folder = caseFolder();
    fs.symlinkSync(secretFile, path.join(folder, "link.txt"));
    fs.symlinkSync(path.dirname(secretFile), path.join(folder, "linked"));
    const open: Shell[] = [];
    const shellWith = async (limits: Parameters<typeof shellOver>[2] = {}): Promise<Shell> => {
      const shell = await shellOver(kind, folder, limits);
      open.push(shell);
      return shell;
    };
    let shell: Shell;
    beforeAll(async () => {
      process.env.CODETRACER_TEST_KEY = SECRET;
      shell = await shellWith();
    });
    afterAll(async () => {
      delete process.env.CODETRACER_TEST_KEY;
      for (const one of open) await one.dispose();
    });

    it.each([
      `cat ${secretFile}`,
      `cat /run/../..${secretFile}; cat ../../../../..${secretFile}`,
      "cat link.txt; cat linked/secret.txt; cp -rL linked /scratch/got; cat /scratch/got/secret.txt",
      `ln -s ${secretFile} /scratch/link; cat /scratch/link; cat < /scratch/link`,
      `find / -name secret.txt -exec cat {} + ; grep -rs ${SECRET.slice(0, 7)} / --include=secret.txt`,
      `tar cf - ${secretFile} | tar xf - -O; sed -n p ${secretFile}; awk '{print}' ${secretFile}; jq -R . ${secretFile}`,
      `cat /proc/1/root${secretFile} /proc/self/root${secretFile} /proc/$PPID/root${secretFile} /proc/*/cwd/secret.txt`,
    ])("reads no file of the host: %s", async (command) => {
      expect(fs.readFileSync(path.join(folder, "link.txt"), "utf8")).toBe(SECRET);
      expect((await shell.run(command)).output).not.toContain(SECRET);
    });

    it("sees neither users nor homes of the host", async () => {
      const { output } = await shell.run(
        `cat /etc/passwd /etc/shadow /etc/hostname; ls /home /root ${os.homedir()} /etc /var /mnt /sys`,
      );
      const entries = new Set(
        fs.readdirSync("/etc").filter((name) => !/^(?:alternatives|ld\.so)/.test(name)),
      );
      expect(output).not.toMatch(/:0:0:|^root:/m);
      expect(output.split("\n").filter((line) => entries.has(line))).toEqual([]);
    });

    it.each([
      "env; set; export -p",
      "cat /proc/self/environ /proc/1/environ /proc/2/environ /proc/*/environ | tr '\\0' '\\n'",
      "jq -n env; jq -n '$ENV'; awk 'BEGIN{for (k in ENVIRON) print k, ENVIRON[k]}'; printenv CODETRACER_TEST_KEY; echo $CODETRACER_TEST_KEY",
    ])("sees no key of the host: %s", async (command) => {
      expect((await shell.run(command)).output).not.toContain(SECRET);
    });

    it("reaches no network", async () => {
      const requests: string[] = [];
      const server = http.createServer((request, reply) => {
        requests.push(request.url ?? "");
        reply.end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const url = `http://127.0.0.1:${port}`;
      await shell.run(`curl -s -m 2 ${url}/curl; wget -q -T 2 -O - ${url}/wget`);
      await shell.run(`python3 -c "import urllib.request as u; u.urlopen('${url}/python', timeout=2)"`);
      await shell.run(
        `perl -MIO::Socket -e 'IO::Socket::INET->new("127.0.0.1:${port}")->print("GET /perl")'`,
      );
      await shell.run(
        `bash -c 'echo GET /bash HTTP/1.0 > /dev/tcp/127.0.0.1/${port}'; nc -w 1 127.0.0.1 ${port}`,
      );
      expect(requests).toEqual([]);
      await fetch(`${url}/control`);
      expect(requests).toEqual(["/control"]);
      await new Promise((resolve) => server.close(resolve));
    });

    it.each([
      "while :; do :; done",
      "awk 'BEGIN { while (1) x++ }'",
      "jq -n 'reduce range(1000000000000) as $i (0; . + 1)'",
      "echo a | sed ':a;s/a/a/;ba'",
      "sleep 100",
      "steps & sleep 100 & wait",
    ])("outlives no time limit: %s", async (command) => {
      const hasty = await shellWith({ seconds: 2 });
      const { exit_code, stopped } = await hasty.run(`echo kept > /scratch/f; ${command}`);
      expect({ exit_code, stopped }).toEqual({ exit_code: null, stopped: "time" });
      expect(hasty.take("f")).toBeNull();
      expect((await hasty.run("echo alive; cat /scratch/f")).output).toMatch(/^alive\n.*No such file/);
    });

    it("leaves no process behind", async () => {
      const hasty = await shellWith({ seconds: 3 });
      const running = hasty.run(`setsid sleep ${SLEEP_SECONDS} & sleep 100`);
      if (kind === "bubblewrap")
        await expect.poll(() => sleeping(SLEEP_SECONDS).length, { timeout: 20_000 }).toBeGreaterThan(0);
      expect((await running).stopped).toBe("time");
      await expect.poll(() => sleeping(SLEEP_SECONDS), { timeout: 20_000 }).toEqual([]);
      const ended = await shell.run(
        `(setsid sleep ${SLEEP_SECONDS} &) >/dev/null 2>&1 & timeout 1 sleep 5; echo done`,
      );
      expect(ended.output).toContain("done");
      await expect.poll(() => sleeping(SLEEP_SECONDS), { timeout: 20_000 }).toEqual([]);
    });

    it.each([
      { command: `awk 'BEGIN { x = "0123456789"; while (1) x = x x }'` },
      { command: "x=0123456789; while :; do x=$x$x; done" },
      { command: `jq -n 'def f: "0123456789" * 1000000 | [., f]; f | length'` },
      { command: "f() { f; }; f" },
      { command: "jq -n '[range(1000000000)] | length'", stops: "virtual" },
    ])("exhausts no memory: $command", async ({ command, stops }) => {
      const small = await shellWith({ memory_mb: 256 });
      const { exit_code, stopped } = await small.run(`${command} || exit 9`);
      if (stops === kind) expect(stopped).toBe("memory");
      else expect([stopped, exit_code]).not.toEqual([null, 0]);
      expect((await small.run("echo alive")).output).toBe("alive\n");
    });

    it.runIf(kind === "bubblewrap")("exhausts no memory with many small processes", async () => {
      const small = await shellWith({ memory_mb: 256, seconds: 5 });
      const hog = `awk 'BEGIN { x = "0123456789"; while (length(x) < 60000000) x = x x; while (1) y++ }'`;
      expect((await small.run(hog)).stopped).toBe("time");
      expect((await small.run(`for i in 1 2 3 4; do ${hog} & done; wait`)).stopped).toBe("memory");
      const bomb = "f() { [ $1 -gt 9 ] || { f $(($1 + 1)) | f $(($1 + 1)) & }; sleep 3; }; f 0";
      expect((await small.run(bomb)).stopped).toBe("memory");
    });

    it("fills no disk", async () => {
      const small = await shellWith({ scratch_mb: 1 });
      const fill = `i=0; while [ $i -lt 100 ]; do cat /scratch/a >> $place/b || break; i=$((i + 1)); done`;
      for (const place of ["/scratch", "/tmp", "/dev/shm", "/opt/codetracer", "/run", "/"]) {
        const { output } = await small.run(
          `seq 1 10000 > /scratch/a; place=${place}; ${fill}; wc -c < ${place}/b | tr -d ' '`,
        );
        const bytes = Number(/^\d+$/m.exec(output)?.[0] ?? 0);
        expect(bytes, place).toBeLessThan(5 * 1024 * 1024);
      }
      const many = await small.run("for i in $(seq 1 1200); do : > /scratch/$i; done; echo made");
      expect(many.output).toBe(
        "made\n[what this command wrote to /scratch is not kept: there are more than 1000 files]\n",
      );
    });

    it("floods no reader", async () => {
      const terse = await shellWith({ output_chars: 100 });
      const { output, stopped, elided_chars, exit_code } = await terse.run(
        "echo first; while :; do seq 100000 199999; done",
      );
      expect({ stopped, exit_code }).toEqual({ stopped: "output", exit_code: null });
      const [head = "", tail = ""] = output.split(/\n\[… [\d,]+ characters elided …\]\n/);
      expect([head.slice(0, 19), head.length, tail.length]).toEqual(["first\n100000\n100001", 50, 50]);
      expect(elided_chars).toBeGreaterThan(5_000_000);
    });

    it("changes nothing in the folder", async () => {
      const before = directoryDigest(folder);
      for (const command of [
        "rm -rf /run/* /run; ls",
        "echo x > words.txt; echo x >> words.txt; : > steps.json",
        "sed -i s/a/b/ words.txt; touch new; mkdir made; mv words.txt moved; cp uni.txt words.txt",
        "chmod 777 . words.txt; ln -s /etc/passwd l; ln words.txt hard; rm -f link.txt; rmdir views",
        "tar cf /run/t.tar .; gzip words.txt; tee steps.json < /dev/null; dd if=/dev/zero of=words.txt count=1",
        "mount -o remount,rw /run; umount /run; unshare -Ur mount -o remount,rw /run",
        "echo y > link.txt; echo y > linked/secret.txt; echo y > /proc/self/cwd/words.txt",
      ])
        await shell.run(command);
      expect(directoryDigest(folder)).toBe(before);
      expect(fs.readFileSync(secretFile, "utf8")).toBe(SECRET);
      expect((await shell.run("head -1 words.txt; ls | wc -l")).output).toMatch(/^pear 3\n\s*\d\n$/);
    });

    it("plants nothing in the tools of later commands", async () => {
      await shell.run(
        "echo 'echo planted' > /opt/codetracer/bin/steps; mkdir -p /scratch/x; echo planted > '/scratch/x/..\\steps'",
      );
      expect((await shell.run("steps 1 | cut -c1-12")).output).toBe('{"step_id":1\n' + "full: no\n");
    });

    it("forges neither a result nor the scratch area through open descriptors", async () => {
      await shell.run("echo true > /scratch/known");
      const { output } = await shell.run(
        "for f in /proc/[0-9]*/fd/* /dev/fd/*; do echo 'exit 7' > $f; cat words.txt > $f; done 2>/dev/null; echo ended",
      );
      expect(output).toContain("ended");
      expect((await shell.run("cat /scratch/known")).output).toBe("true\n");
    });
  });
}
