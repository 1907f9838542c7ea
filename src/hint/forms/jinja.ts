/**
 * A text as a Jinja template that renders to exactly this text, whatever stands in it. What could end the raw block, or begin another, is put out as an expression.
 * https://jinja.palletsprojects.com/en/stable/templates/#escaping
 */
export function jinjaLiteral(text: string): string {
  return `{% raw %}${text.replaceAll("{%", '{% endraw %}{{ "{%" }}{% raw %}')}{% endraw %}`;
}
