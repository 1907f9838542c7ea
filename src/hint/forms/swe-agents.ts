import type { Form } from "./form.ts";
import { jinjaLiteral } from "./jinja.ts";
import { file, prefixOf } from "./plain.ts";

/**
 * mini-SWE-agent: the beginning of the task, which the template `agent.instance_template` takes in as `{{task}}`. A task is a variable of the template: nothing in it is
 * run as one. For batches the template itself is changed, with the text made safe for Jinja.
 * https://mini-swe-agent.com/latest/usage/mini/ (-t), https://mini-swe-agent.com/latest/advanced/yaml_configuration/ (instance_template)
 */
export const miniSweAgent: Form = ({ text }) => ({
  text: prefixOf(text),
  files: [file("hint-prefix.md", prefixOf(text)), file("hint-prefix.jinja", jinjaLiteral(prefixOf(text)))],
  how: 'With hint-prefix.md and the task in task.md: mini -t "$(cat hint-prefix.md task.md)". In a batch: put the contents of hint-prefix.jinja in front of agent.instance_template of the configuration, indented as it is.',
});

/**
 * SWE-agent: the beginning of the problem statement, which `agent.templates.instance_template` takes in as `{{problem_statement}}`. A statement is a variable of the
 * template: nothing in it is run as one.
 * https://swe-agent.com/latest/usage/cl_tutorial/ (problem_statement), https://swe-agent.com/latest/reference/template_config/
 */
export const sweAgent: Form = ({ text }) => ({
  text: prefixOf(text),
  files: [file("hint-prefix.md", prefixOf(text)), file("hint-prefix.jinja", jinjaLiteral(prefixOf(text)))],
  how: "With hint-prefix.md and the issue in issue.md: cat hint-prefix.md issue.md > problem.md, then sweagent run --problem_statement.path=problem.md. In a batch: put the contents of hint-prefix.jinja in front of agent.templates.instance_template of the configuration, indented as it is.",
});
