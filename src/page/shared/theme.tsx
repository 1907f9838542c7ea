import type { JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const KEY = "codetracer-theme";
const GLYPHS: Readonly<Record<Theme, string>> = { auto: "◐", light: "☀", dark: "☾" };

/** A button that goes from the system's colours to light to dark. The choice is kept where the browser lets a page from disk keep one. */
export function ThemeToggle(): JSX.Element {
  const [theme, setTheme] = useState(stored);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    store(theme);
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
  return (
    <button
      type="button"
      class="icon"
      aria-label={`Colours: ${theme}. Change to ${next}`}
      title={`Colours: ${theme}`}
      onClick={() => setTheme(next)}
    >
      {GLYPHS[theme]}
    </button>
  );
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return THEMES.find((one) => one === value) ?? "auto";
  } catch {
    return "auto";
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be closed to pages from disk: the choice then lasts as long as the page.
  }
}
