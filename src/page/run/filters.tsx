import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { plural } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { isFiltering } from "./filter.ts";
import { SEARCH_ID } from "./use-keys.ts";

const PAUSE_MS = 120;
const KINDS = [
  ["any", "Kind"],
  ["change", "Changes"],
  ["explore", "Explores"],
] as const;

/** Search and filters of the tree, and how much they let through. */
export function Filters(): JSX.Element {
  const { facts, state, shown, act } = useReader();
  const { filter } = state;
  const { stages, steps } = facts.data;
  const change = (part: Partial<typeof filter>) => act({ do: "filter", change: part });
  return (
    <search class="filters">
      <SearchBox />
      <div class="filter-row">
        <Toggle isOn={filter.isFailed} flip={(isFailed) => change({ isFailed })}>
          Failed
        </Toggle>
        <Toggle isOn={filter.isLabelled} flip={(isLabelled) => change({ isLabelled })}>
          Labelled
        </Toggle>
        <select
          aria-label="Kind"
          value={filter.kind}
          onChange={({ currentTarget }) =>
            change({ kind: KINDS.find(([kind]) => kind === currentTarget.value)?.[0] ?? "any" })
          }
        >
          {KINDS.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
        {facts.tools.length > 1 && (
          <select
            aria-label="Tool"
            value={filter.tool ?? ""}
            onChange={({ currentTarget }) =>
              change({ tool: currentTarget.value === "" ? null : currentTarget.value })
            }
          >
            <option value="">Tool</option>
            {facts.tools.map((tool) => (
              <option key={tool} value={tool}>
                {plainLine(tool)}
              </option>
            ))}
          </select>
        )}
        {stages.length > 1 && (
          <select
            aria-label="Stage"
            value={filter.stage_id ?? ""}
            onChange={({ currentTarget }) =>
              change({ stage_id: currentTarget.value === "" ? null : Number(currentTarget.value) })
            }
          >
            <option value="">Stage</option>
            {stages.map((stage) => (
              <option key={stage.stage_id} value={stage.stage_id}>
                {`${stage.stage_id} · ${plainLine(stage.stage)}`}
              </option>
            ))}
          </select>
        )}
      </div>
      <div class="filter-row found">
        <span class="soft" role="status">
          {isFiltering(filter)
            ? `${shown.length} of ${plural(steps.length, "step")}`
            : plural(steps.length, "step")}
        </span>
        {isFiltering(filter) && (
          <button type="button" class="quiet" onClick={() => act({ do: "clear-filter" })}>
            Clear
          </button>
        )}
        <FoldAll />
      </div>
    </search>
  );
}

function FoldAll(): JSX.Element {
  const { facts, state, act } = useReader();
  const isFolded = state.collapsed.size > 0;
  const ids = isFolded ? [] : facts.data.stages.map((stage) => stage.stage_id);
  return (
    <button type="button" class="quiet fold" onClick={() => act({ do: "collapse", stage_ids: ids })}>
      {isFolded ? "Unfold stages" : "Fold stages"}
    </button>
  );
}

/** The search is made when typing pauses: a long run holds megabytes. */
function SearchBox(): JSX.Element {
  const { state, shown, act, open } = useReader();
  const applied = state.filter.text;
  const [text, setText] = useState(applied);
  /** What Enter was pressed on: its first step opens once it is searched for. */
  const [entered, setEntered] = useState<string | null>(null);
  useEffect(() => {
    if (applied === "") setText("");
  }, [applied]);
  useEffect(() => {
    if (entered === null || entered !== applied) return;
    setEntered(null);
    if (shown[0] !== undefined) open(shown[0]);
  }, [entered, applied, shown, open]);
  useEffect(() => {
    if (text === applied) return;
    const timer = setTimeout(() => act({ do: "filter", change: { text } }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, applied, act]);
  return (
    <input
      id={SEARCH_ID}
      type="search"
      placeholder="Search actions, observations, thinking   /"
      aria-label="Search in all steps"
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== "Enter") return;
        setEntered(currentTarget.value);
        act({ do: "filter", change: { text: currentTarget.value } });
      }}
    />
  );
}

function Toggle(props: {
  isOn: boolean;
  flip(isOn: boolean): void;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <button type="button" class="toggle" aria-pressed={props.isOn} onClick={() => props.flip(!props.isOn)}>
      {props.children}
    </button>
  );
}
