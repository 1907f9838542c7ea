import type { Command } from "commander";
import { buildProgram } from "./program.ts";

/** Every command with its flags as Markdown, for docs/cli.md; commands of commands one heading below. */
export function commandReference(): string {
  const silent = { write: () => true } as unknown as NodeJS.WritableStream;
  const program = buildProgram({ stdout: silent, stderr: silent }, () => {});
  return program.commands.flatMap((command) => sections(command, "codetracer", "##")).join("\n");
}

function sections(command: Command, parent: string, heading: string): string[] {
  const name = `${parent} ${command.name()}`;
  const help = command.createHelp();
  help.helpWidth = 100;
  return [
    `${heading} ${name}\n\n\`\`\`text\n${help.formatHelp(command, help).trimEnd()}\n\`\`\`\n`,
    ...command.commands.flatMap((one) => sections(one, name, `${heading}#`)),
  ];
}
