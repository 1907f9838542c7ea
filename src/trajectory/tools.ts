/**
 * The tools that coding agents call, by the name they are called with: what each does and which argument says
 * what it touches. A tool that is not listed is judged by the verb in its name (see `toolSpec`).
 *
 * Names are those of published agents' tool definitions (Claude Code, Codex, OpenHands, SWE-agent, Terminus,
 * Gemini CLI, Cline); one name means the same wherever it appears.
 */
export interface ToolSpec {
  /** The argument that holds a shell command, for tools that run one. Its command decides the kind. */
  shell?: string;
  /** What the shell keeps between calls: its directory, or a whole terminal that keys are typed into. */
  keeps?: "directory" | "terminal";
  /** For tools that run no shell command. */
  kind?: "explore" | "change";
  /** The argument whose value picks another entry: `str_replace_editor` with command=view is `…:view`. */
  subcommand?: string;
  /** The argument that holds the file read or written. */
  path?: string;
  /** A phrase for what it does, as in "edit", "read". */
  verb: string;
}

const read = (path: string): ToolSpec => ({ kind: "explore", path, verb: "read" });
const search = (path: string): ToolSpec => ({ kind: "explore", path, verb: "search" });
const edit = (path: string): ToolSpec => ({ kind: "change", path, verb: "edit" });
const write = (path: string): ToolSpec => ({ kind: "change", path, verb: "write" });
const shell = (argument: string): ToolSpec => ({ shell: argument, verb: "run" });
const session = (argument: string): ToolSpec => ({ shell: argument, keeps: "directory", verb: "run" });
const terminal = (argument: string): ToolSpec => ({ shell: argument, keeps: "terminal", verb: "run" });
const look = (verb: string): ToolSpec => ({ kind: "explore", verb });
const act = (verb: string): ToolSpec => ({ kind: "change", verb });

const TOOLS: Readonly<Record<string, ToolSpec>> = {
  // shells
  Bash: session("command"),
  bash: shell("command"),
  bash_command: terminal("keystrokes"),
  execute_bash: session("command"),
  terminal: session("command"),
  run: shell("command"),
  run_shell_command: shell("command"),
  execute_command: shell("command"),
  shell: shell("command"),
  local_shell: shell("command"),
  shell_command: shell("command"),
  container_exec: shell("cmd"),
  "container.exec": shell("command"),
  command_execution: shell("command"),
  exec_command: shell("cmd"),
  write_stdin: terminal("chars"),
  run_ipython: { kind: "change", verb: "run Python" },
  execute_ipython_cell: { kind: "change", verb: "run Python" },
  python: { kind: "change", verb: "run Python" },
  BashOutput: look("read background output"),
  TaskOutput: look("read background output"),
  KillShell: act("stop background command"),
  KillBash: act("stop background command"),

  // files
  Read: read("file_path"),
  read_file: read("path"),
  read: read("path"),
  open: read("path"),
  read_many_files: look("read files"),
  view_image: read("path"),
  LS: look("list files"),
  list_directory: look("list files"),
  list_dir: look("list files"),
  Glob: search("path"),
  glob: search("path"),
  Grep: search("path"),
  grep: search("path"),
  search_file_content: search("path"),
  grep_files: search("path"),
  NotebookRead: read("notebook_path"),
  Edit: edit("file_path"),
  MultiEdit: edit("file_path"),
  Update: edit("file_path"),
  replace: edit("file_path"),
  edit: edit("path"),
  edit_file: edit("path"),
  replace_in_file: edit("path"),
  NotebookEdit: edit("notebook_path"),
  apply_patch: act("apply patch"),
  file_change: act("apply patch"),
  Write: write("file_path"),
  write_file: write("file_path"),
  write: write("path"),
  write_to_file: write("path"),
  create: write("path"),
  str_replace_editor: { subcommand: "command", path: "path", verb: "edit" },
  str_replace_based_edit_tool: { subcommand: "command", path: "path", verb: "edit" },
  file_editor: { subcommand: "command", path: "path", verb: "edit" },
  "command:view": read("path"),
  "command:create": write("path"),
  "command:str_replace": edit("path"),
  "command:insert": edit("path"),
  "command:undo_edit": edit("path"),

  // web, planning, delegation, ending
  WebFetch: look("fetch page"),
  web_fetch: look("fetch page"),
  WebSearch: look("search the web"),
  web_search: look("search the web"),
  google_web_search: look("search the web"),
  browse: look("browse"),
  browse_interactive: look("browse"),
  browser: look("browse"),
  fetch: look("fetch page"),
  TodoRead: look("read the plan"),
  TodoWrite: look("note the plan"),
  TaskCreate: look("note the plan"),
  TaskUpdate: look("note the plan"),
  TaskList: look("read the plan"),
  TaskGet: look("read the plan"),
  update_plan: look("note the plan"),
  todo_list: look("note the plan"),
  task_tracker: look("note the plan"),
  think: look("think"),
  Task: look("delegate"),
  Agent: look("delegate"),
  delegate: look("delegate"),
  spawn_agent: look("delegate"),
  send_input: look("delegate"),
  wait_agent: look("wait for sub-agent"),
  close_agent: look("close sub-agent"),
  TeamCreate: look("delegate"),
  TeamDelete: look("delegate"),
  SendMessage: look("message"),
  Skill: look("load a skill"),
  ToolSearch: look("look up tools"),
  tool_search: look("look up tools"),
  AskUserQuestion: look("ask the user"),
  EnterPlanMode: look("plan"),
  ExitPlanMode: look("plan"),
  finish: look("finish"),
  mark_task_complete: look("finish"),
  submit: look("submit"),
  message: look("message"),
};

const CHANGE_VERB =
  /(?:^|[_.-])(?:add|apply|append|commit|copy|create|delete|deploy|drop|edit|execute|insert|install|kill|merge|modify|move|patch|post|push|put|remove|rename|replace|reset|run|save|send|set|start|stop|submit|update|upload|write)/i;

/** What a tool does: its entry, the entry of its subcommand, or a guess from the verb in its name. */
export function toolSpec(name: string, args: Readonly<Record<string, unknown>> = {}): ToolSpec {
  const spec = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (spec?.subcommand !== undefined) {
    const sub = `${spec.subcommand}:${String(args[spec.subcommand])}`;
    return (Object.hasOwn(TOOLS, sub) ? TOOLS[sub] : undefined) ?? { ...spec, kind: "change" };
  }
  return spec ?? { kind: CHANGE_VERB.test(snake(name)) ? "change" : "explore", verb: "call" };
}

function snake(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1_$2");
}
