/** Tools that Cline, Roo Code and their forks let a model call in XML, over all published versions. */
const XML_TOOLS: readonly string[] = [
  "access_mcp_resource",
  "act_mode_respond",
  "apply_diff",
  "apply_patch",
  "ask_followup_question",
  "attempt_completion",
  "browser_action",
  "codebase_search",
  "condense",
  "delete_file",
  "edit_file",
  "execute_command",
  "fetch_instructions",
  "generate_explanation",
  "generate_image",
  "insert_content",
  "inspect_site",
  "list_code_definition_names",
  "list_files",
  "load_mcp_documentation",
  "new_rule",
  "new_task",
  "plan_mode_respond",
  "plan_mode_response",
  "read_command_output",
  "read_file",
  "replace_in_file",
  "report_bug",
  "run_slash_command",
  "search_and_replace",
  "search_files",
  "search_replace",
  "skill",
  "summarize_task",
  "switch_mode",
  "update_todo_list",
  "use_mcp_tool",
  "use_skill",
  "use_subagents",
  "view_source_code_definitions_top_level",
  "web_fetch",
  "web_search",
  "write_to_file",
];

/** An alternation over all of them, for patterns. */
export const XML_TOOL_PATTERN: string = XML_TOOLS.join("|");

/** Parameters of these tools, as tags inside of a call. */
export const XML_PARAMETER_PATTERN =
  "args|arguments|command|content|cwd|diff|file|file_pattern|follow_up|line_count|message|mode|options|path|question|recursive|regex|requires_approval|response|result|server_name|suggest|task_progress|todos|tool_name|uri|url";
