import type { JsonRecord } from "../../src/extract/toolkit/index.ts";
import { XML_TOOL_PATTERN } from "./tools.ts";

/** A tool call that a model wrote as XML into its reply, and the prose around it. */
export interface XmlCall {
  tool: string;
  args: JsonRecord;
  prose: string;
}

const OPEN = new RegExp(`<(${XML_TOOL_PATTERN})>`, "g");
/** What Cline itself adds to a reply that it cut off behind its first call. */
const INTERRUPTED = /\[Response interrupted by a tool use result\.[^\]]*\]\s*$/;
const THINKING = /<thinking>[\s\S]*?<\/thinking>/g;

/** Parameters whose value is file text that may hold the parameter's own closing tag. */
const FILE_TEXT = new Set(["content", "diff", "args", "arguments", "result", "replace", "patch"]);

/** The first complete call in a reply: only that one is executed. null where there is none. */
export function xmlCall(text: string): XmlCall | null {
  const visible = text.replace(THINKING, (thought) => " ".repeat(thought.length));
  for (const match of visible.matchAll(OPEN)) {
    const tool = match[1] ?? "";
    const bodyStart = match.index + match[0].length;
    const end = closingTag(visible, tool, bodyStart);
    if (end < 0) continue;
    const before = text.slice(0, match.index).trim();
    const after = text
      .slice(end + tool.length + 3)
      .replace(INTERRUPTED, "")
      .trim();
    const prose = [before, after].filter((part) => part !== "");
    return { tool, args: parameters(text.slice(bodyStart, end)), prose: plain(prose.join("\n\n")) };
  }
  return null;
}

/** A written file may hold the tool's closing tag: the last one before another call counts. */
function closingTag(text: string, tool: string, from: number): number {
  const close = `</${tool}>`;
  const first = text.indexOf(close, from);
  if (first < 0 || !text.slice(from, first).includes("<content>")) return first;
  const contentEnd = text.lastIndexOf("</content>");
  return contentEnd > first ? text.indexOf(close, contentEnd) : first;
}

function parameters(body: string): JsonRecord {
  const args: JsonRecord = {};
  const open = /<([a-z]\w*)>/gi;
  for (let match = open.exec(body); match; match = open.exec(body)) {
    const name = match[1] ?? "";
    const close = `</${name}>`;
    const start = match.index + match[0].length;
    const end = FILE_TEXT.has(name) ? body.lastIndexOf(close) : body.indexOf(close, start);
    if (end < start) continue;
    args[name] = trimmed(body.slice(start, end), FILE_TEXT.has(name));
    open.lastIndex = end + close.length;
  }
  const rest = body.trim();
  return Object.keys(args).length > 0 || rest === "" ? args : { text: rest };
}

function trimmed(value: string, isFileText: boolean): string {
  return isFileText ? value.replace(/^\r?\n|\r?\n$/g, "") : value.trim();
}

/** Thoughts that stand in tags lose the tags. */
export function plain(text: string): string {
  return text.replace(/<\/?thinking>/g, "").trim();
}
