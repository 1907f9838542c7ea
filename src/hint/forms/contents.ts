import type { RenderedForm } from "./form.ts";
import { mergeSection } from "./section.ts";

/**
 * What a file is to hold when a form is written to it: the form's own file of that name where it has one, else its text. A section goes into what the file
 * holds already (null = there is no such file). Throws CodeTracerError `bad_argument` where a mark of an earlier section stands alone in it.
 */
export function contentsFor({ files, text }: RenderedForm, name: string, existing: string | null): string {
  const file =
    files.find((one) => baseName(one.name) === baseName(name)) ?? files.find((one) => one.text === text);
  if (file?.is_section) return mergeSection(existing ?? "", file.text);
  return file?.text ?? text;
}

function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? name;
}
