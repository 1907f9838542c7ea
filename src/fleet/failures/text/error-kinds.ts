import type { FailureStage } from "../../../trajectory/index.ts";

/** What kind of trouble an error line tells of. `stage` null = it does not say what kind of thing failed. */
export interface ErrorKind {
  stage: FailureStage | null;
  words: string;
  pattern: RegExp;
  /** Told by its words alone, so that it counts in a step that is not marked as failed too. */
  isSure: boolean;
}

const sure = (stage: FailureStage, words: string, pattern: RegExp): ErrorKind => ({
  stage,
  words,
  pattern,
  isSure: true,
});
const told = (stage: FailureStage | null, words: string, pattern: RegExp): ErrorKind => ({
  stage,
  words,
  pattern,
  isSure: false,
});

/** In the order of being tried: the first that matches names the line. */
export const ERROR_KINDS: readonly ErrorKind[] = [
  sure(
    "dependency",
    "missing module",
    /No module named|\bModuleNotFoundError\b|Cannot find module|cannot find package|can't find crate/i,
  ),
  sure(
    "dependency",
    "missing package",
    /Unable to locate package|No matching distribution|Could not find a version that|no installation candidate|No package .{1,60} available|externally-managed-environment|there is no package called|npm (?:ERR!|error) (?:code )?E404/i,
  ),
  sure(
    "dependency",
    "missing library or header",
    /fatal error: \S+\.h\w*: No such file|cannot open shared object|cannot find -l|undefined reference to|Could NOT find \w|Package \S+ was not found in the pkg-config|library not found for/,
  ),
  sure(
    "dependency",
    "version conflict",
    /ResolutionImpossible|\bERESOLVE\b|unmet dependencies|conflicting dependencies|dependency conflict|incompatible (?:version|with)|requires (?:a different )?(?:python|node|numpy)\b.{0,30}version|cannot import name/i,
  ),
  told(
    "dependency",
    "package that does not build",
    /metadata-generation-failed|Failed building wheel|subprocess-exited-with-error|Getting requirements to build wheel/,
  ),
  told("dependency", "failed import", /\bImportError\b/),
  sure(
    "environment",
    "missing program",
    /command not found|(?:^|: )[\w.+/-]+: not found$|is not recognized as an internal|executable (?:file )?not found in \$?PATH/i,
  ),
  sure(
    "environment",
    "no network or refused by a server",
    /Connection (?:refused|reset|timed out)|Could not resolve|name resolution|Network is unreachable|\bECONNREFUSED\b|\bENOTFOUND\b|getaddrinfo|Max retries exceeded|certificate verify failed|HTTP Error \d|(?:HTTP|status|error|returned)[^\n]{0,20}\b(?:403|404|429|50[0234])\b|Failed to (?:fetch|connect|download)|^curl: \(\d+\)|Proxy(?:Error| CONNECT)|verify if domain|request(?: to \S+)? failed,? (?:reason|after)|CAS service error|network restrictions|blocked by .{0,30}(?:policy|policies|firewall)/i,
  ),
  sure(
    "environment",
    "refused tool call",
    /<tool_use_error>|InputValidationError|requested permissions? to|haven't granted it|File has not been read yet|invalid tool (?:call|input|arguments)|required parameter .{1,60} is missing|unexpected parameter/i,
  ),
  sure(
    "environment",
    "missing rights",
    /Permission denied|Operation not permitted|Read-only file system|\bEACCES\b|must be (?:run as )?root|are you root|superuser/i,
  ),
  sure(
    "environment",
    "no memory or space left",
    /No space left|Out of memory|Cannot allocate memory|\bMemoryError\b|^Killed\b|\bOOM\b|exit(?:ed)?(?: with)? (?:code|status):? 137/i,
  ),
  sure(
    "environment",
    "service not running",
    /Address already in use|not been booted with systemd|could not connect to server|Is the server running|daemon (?:is )?not running|Failed to start|Unit \S+ (?:could )?not/i,
  ),
  told(
    "environment",
    "time limit of a command",
    /\btimed? ?out\b|\bTimeoutExpired\b|deadline exceeded|exit(?:ed)?(?: with)? (?:code|status):? 124/i,
  ),
  sure(
    "localisation",
    "text to edit not found",
    /No replacement was performed|String to replace not found|did not appear verbatim|old_str(?:ing)?\b.{0,60}not found|patch does not apply|Hunk #\d+ FAILED|multiple occurrences|matches of the string to replace/i,
  ),
  sure(
    "localisation",
    "path that is not there",
    /No such file or directory|\bFileNotFoundError\b|\bENOENT\b|File does not exist|cannot (?:stat|access) |Not a directory|not a git repository|did not match any file|unknown revision/i,
  ),
  sure(
    "hypothesis",
    "failing test",
    /^FAILED\b|\bAssertionError\b|\b[1-9]\d* (?:tests? )?fail(?:ed|ing|ures?)\b|^(?:--- )?FAIL\b|test result: FAILED|^E {2,}\S|\bexpected\b.{1,80}\b(?:got|but was|received|actual)\b/i,
  ),
  sure(
    "hypothesis",
    "syntax error",
    /\bSyntaxError\b|\bIndentationError\b|syntax error|unexpected (?:token|EOF|indent|end of)|parse error|unterminated/i,
  ),
  sure(
    "hypothesis",
    "wrong option or argument",
    /unrecognized (?:option|argument)|(?:invalid|unknown|illegal|no such) option|unexpected keyword argument|missing \d+ required positional|unexpected argument/i,
  ),
  told(
    "hypothesis",
    "compile error",
    /:\d+:(?:\d+:)? (?:fatal )?error:|\berror(?:\[E\d+\]| TS\d+)|could not compile|\bld returned \d|^make(?:\[\d+\])?: \*\*\*|^(?:CMake|collect2:|clang:|cc1:) ?error/i,
  ),
  told(
    "hypothesis",
    "exception in what it ran",
    /(?:^|\s|\.)[A-Z]\w*(?:Error|Exception)\b|panicked at|Segmentation fault|core dumped|Traceback/,
  ),
  told(null, "merge conflict", /CONFLICT \(|Automatic merge failed|needs merge|unmerged/),
  told(
    null,
    "other error",
    /\berror\b|\bfatal\b|\bfail(?:ed|ure)\b|cannot|can't|could not|unable to|not found|invalid|denied|refused/i,
  ),
];

/** The kind of an error line; null = it is none. */
export function errorKind(line: string): ErrorKind | null {
  return ERROR_KINDS.find(({ pattern }) => pattern.test(line)) ?? null;
}
