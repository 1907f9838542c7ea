import { asRecord, asString, type JsonRecord, renderAction } from "../../src/extract/toolkit/index.ts";
import { parseJson } from "../_documents/parse.ts";
import { argumentsOf } from "./parts.ts";

/** An action in a message's text, and where its block ends. */
export interface TextAction {
  action: string;
  tool?: string | undefined;
  arguments?: JsonRecord | undefined;
  end: number;
}

/** Finds the actions of a text, and what stands around them. */
export type TextPattern = (text: string) => { actions: TextAction[]; prose: string };

type Reader = (match: RegExpExecArray) => Omit<TextAction, "end"> | null;

function pattern(expression: RegExp, read: Reader): TextPattern {
  return (text) => {
    const actions: TextAction[] = [];
    const prose: string[] = [];
    let from = 0;
    for (const match of text.matchAll(expression)) {
      const action = read(match);
      if (!action || action.action.trim() === "") continue;
      const end = match.index + match[0].length;
      actions.push({ ...action, end });
      prose.push(text.slice(from, match.index).trim());
      from = end;
    }
    prose.push(text.slice(from).trim());
    return { actions, prose: prose.filter((part) => part !== "").join("\n\n") };
  };
}

function named(tool: string, args: JsonRecord): Omit<TextAction, "end"> {
  return { action: renderAction(tool, args), tool, arguments: args };
}

function python(body: string): Omit<TextAction, "end"> {
  const code = body.trim();
  return { action: code, tool: "python", arguments: { code } };
}

/** `<function=name><parameter=key>value</parameter></function>`; some servers stop before the closing tag. */
const functionTags = pattern(
  /<function=([\w.-]+)>([\s\S]*?)(?:<\/function>|$)/g,
  ([, tool = "", body = ""]) => {
    const values = [...body.matchAll(/<parameter=([\w.-]+)>\n?([\s\S]*?)\n?<\/parameter>/g)];
    return named(tool, Object.fromEntries(values.map(([, key = "", value = ""]) => [key, value])));
  },
);

/** `<tool_call>{"name": …, "arguments": …}</tool_call>`. */
const callTags = pattern(/<tool_call>([\s\S]*?)(?:<\/tool_call>|$)/g, ([, body = ""]) => {
  const call = asRecord(parseJson(body.trim()));
  const tool = asString(call?.name);
  return tool === undefined ? null : named(tool, argumentsOf(call?.arguments ?? call?.parameters));
});

const commandTags = pattern(
  /<(execute_bash|execute_ipython|mswea_bash_command|bash_code|bash|shell|command|execute)>([\s\S]*?)<\/\1>/g,
  ([, tag = "", body = ""]) => (tag === "execute_ipython" ? python(body) : { action: body.trim() }),
);

/** Blocks in one kind of language: a command may hold blocks of another, such as a note it writes. */
function fences(languages: string, read: (body: string) => Omit<TextAction, "end">): TextPattern {
  const block = new RegExp(`^\`\`\`(?:${languages})[ \\t]*\\n([\\s\\S]*?)\\n?\`\`\``, "gm");
  return pattern(block, ([, body = ""]) => read(body));
}

const command = (body: string): Omit<TextAction, "end"> => ({ action: body.trim() });
const shellFences = fences("bash|sh|shell|zsh|console|terminal|powershell|mswea_bash_command", command);
const pythonFences = fences("python|py|tool_code", python);
const bareFences = fences("", command);

/** `Action: tool` with `Action Input: …`, or `Action: tool[input]`. */
const actionLines = pattern(
  /^Action:[ \t]*(?:([\w .-]+?)[ \t]*\nAction Input:[ \t]*([\s\S]*?)(?=\n(?:Observation|Thought|Action|Final Answer):|$(?![\s\S]))|([\w.-]+)\[(.*)\][ \t]*$)/gm,
  ([, tool, input, short, inside]) => named(tool ?? short ?? "", argumentsOf((input ?? inside ?? "").trim())),
);

/** The ways in which agents write actions into text, most particular first. */
export const PATTERNS: readonly TextPattern[] = [
  functionTags,
  callTags,
  commandTags,
  shellFences,
  pythonFences,
  bareFences,
  actionLines,
];
