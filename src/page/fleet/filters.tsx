import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { countWords, plural } from "../shared/format.ts";
import { plainLine } from "../shared/plain-text.ts";
import { useReader } from "./context.ts";
import { isFiltering, NO_FILTER, type RunFilter } from "./filter.ts";
import { OUTCOME_TITLES, OUTCOMES } from "./sums.ts";
import { SEARCH_ID } from "./use-keys.ts";
import { behaviourWords } from "./words.ts";

const PAUSE_MS = 100;
/** Cuts of the scores that the overview's columns do not make. */
const SCORES = [
  ["0-50", "Score below 50"],
  ["50-80", "Score 50 to 80"],
  ["80-100", "Score from 80 on"],
] as const;

/** Search and filters of the runs, and how many they let through. */
export function Filters(): JSX.Element {
  const { fleet, state, listed, go } = useReader();
  const { filter } = state;
  const change = (part: Partial<RunFilter>) => go({ filter: { ...filter, ...part } });
  const stages = useMemo(
    () => [...new Set(fleet.data.runs.flatMap(({ failure }) => failure?.stage ?? []))].sort(),
    [fleet],
  );
  const clusters = fleet.data.clusters?.clusters ?? [];
  return (
    <search class="filters">
      <SearchBox />
      <div class="filter-row">
        <Choice
          name="outcome"
          value={filter.outcome}
          options={OUTCOMES.map((outcome) => [outcome, OUTCOME_TITLES[outcome]])}
          choose={(value) => change({ outcome: OUTCOMES.find((one) => one === value) ?? null })}
        />
        <Choice
          name="agent, model"
          value={filter.group}
          options={fleet.groups.map(({ key, by, title }) => [
            key,
            by === "both" ? plainLine(title) : `${by}: ${plainLine(title)}`,
          ])}
          choose={(group) => change({ group })}
        />
        <Choice
          name="behaviour"
          value={filter.behaviour}
          options={fleet.behaviours.map((behaviour) => [behaviour, behaviourWords(behaviour)])}
          choose={(behaviour) => change({ behaviour })}
        />
        <Choice
          name="stage"
          value={filter.stage}
          options={stages.map((stage) => [stage, `failed at: ${stage}`])}
          choose={(stage) => change({ stage })}
        />
        <Choice
          name="cluster"
          value={filter.cluster === null ? null : `${filter.cluster}`}
          options={clusters.map(({ cluster_id, name }) => [`${cluster_id}`, plainLine(name)])}
          choose={(value) => change({ cluster: value === null ? null : Number(value) })}
        />
        <Choice
          name="score"
          value={filter.score === null ? null : filter.score.join("-")}
          options={scoreOptions(filter)}
          choose={(value) => change({ score: scoreOf(value) })}
        />
      </div>
      <div class="found">
        <span class="soft" role="status">
          {isFiltering(filter)
            ? `${countWords(listed.length)} of ${plural(fleet.data.runs.length, "run")}`
            : plural(listed.length, "run")}
        </span>
        {isFiltering(filter) && (
          <button type="button" class="quiet" onClick={() => go({ filter: NO_FILTER })}>
            Clear
          </button>
        )}
      </div>
    </search>
  );
}

function Choice(props: {
  name: string;
  value: string | null;
  options: readonly (readonly [string, string])[];
  choose(value: string | null): void;
}): JSX.Element | null {
  const { name, value, options, choose } = props;
  if (options.length === 0) return null;
  return (
    <select
      aria-label={name}
      class={value === null ? "" : "on"}
      value={value ?? ""}
      onChange={({ currentTarget }) => choose(currentTarget.value === "" ? null : currentTarget.value)}
    >
      <option value="">{`Any ${name}`}</option>
      {options.map(([key, title]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}

function scoreOptions({ score }: RunFilter): readonly (readonly [string, string])[] {
  const own = score?.join("-");
  if (own === undefined || SCORES.some(([key]) => key === own)) return SCORES;
  return [...SCORES, [own, `Score ${score?.join(" to ")}`]];
}

function scoreOf(value: string | null): readonly [number, number] | null {
  const [from, below] = value?.split("-").map(Number) ?? [];
  return from === undefined || below === undefined ? null : [from, below];
}

/** The search is made when typing pauses. */
function SearchBox(): JSX.Element {
  const { state, listed, go } = useReader();
  const { filter } = state;
  const [text, setText] = useState(filter.text);
  useEffect(() => {
    if (filter.text === "") setText("");
  }, [filter.text]);
  useEffect(() => {
    if (text === filter.text) return;
    const timer = setTimeout(() => go({ filter: { ...filter, text } }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filter, go]);
  return (
    <input
      id={SEARCH_ID}
      type="search"
      placeholder="Search tasks, paths, reasons, summaries   /"
      aria-label="Search the runs"
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === "Enter" && listed[0]) go({ run_id: listed[0].run_id });
      }}
    />
  );
}
