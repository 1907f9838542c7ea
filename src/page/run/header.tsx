import type { JSX } from "preact";
import { plainLine } from "../shared/plain-text.ts";
import { ThemeToggle } from "../shared/theme.tsx";
import { useReader } from "./context.ts";
import { OutcomeChip } from "./outcome-chip.tsx";

/** Which run this is, how it ended, and the page's own switches. */
export function Header(): JSX.Element {
  const { facts, act } = useReader();
  const { run } = facts.data;
  return (
    <header class="top">
      <a class="skip" href="#details">
        Skip to the text
      </a>
      <span class="brand">
        <span class="brand-mark" aria-hidden="true" />
        CodeTracer
      </span>
      <h1 class="run-name" title={plainLine(run)}>
        <bdi>{plainLine(run)}</bdi>
      </h1>
      <OutcomeChip />
      <span class="switches">
        <button
          type="button"
          class="icon"
          aria-label="Keys and signs"
          onClick={() => act({ do: "help", isHelp: true })}
        >
          ?
        </button>
        <ThemeToggle />
      </span>
    </header>
  );
}
