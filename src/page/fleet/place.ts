import type { OutcomeWord } from "./data.ts";
import { NO_FILTER, NO_SORT, type RunFilter, SORT_KEYS, type Sort } from "./filter.ts";
import { FIRST_STATE, type State, VIEWS } from "./state.ts";
import { OUTCOMES } from "./sums.ts";

/** A state as the address's hash, so that a place can be linked to. */
export function hashOf(state: State): string {
  const { filter, sort } = state;
  const parts: [string, string | number | null][] = [
    ["run", state.run_id],
    ["shows", state.view === "behaviours" ? state.behaviour : null],
    ["table", state.view === "behaviours" && state.table > 0 ? state.table : null],
    ["group", state.view === "failures" ? state.cluster : null],
    ["a", state.view === "compare" ? state.first : null],
    ["b", state.view === "compare" ? state.second : null],
    ...(state.view === "runs" ? filterParts(filter, sort) : []),
  ];
  const query = new URLSearchParams();
  for (const [name, value] of parts) if (value !== null && value !== "") query.set(name, `${value}`);
  const text = query.toString();
  return `#${state.view}${text === "" ? "" : `?${text}`}`;
}

/** The state that a hash names: what it does not say, or says wrongly, is as at first. */
export function placeOf(hash: string): State {
  const [name = "", query = ""] = splitOnce(hash.replace(/^#/, ""));
  const values = new URLSearchParams(query);
  return {
    ...FIRST_STATE,
    view: VIEWS.find((view) => view === name) ?? "overview",
    run_id: values.get("run"),
    behaviour: values.get("shows"),
    table: wholeOf(values.get("table")) ?? 0,
    cluster: wholeOf(values.get("group")),
    first: values.get("a"),
    second: values.get("b"),
    filter: filterOf(values),
    sort: sortOf(values.get("sort")),
  };
}

function filterParts(filter: RunFilter, sort: Sort): [string, string | number | null][] {
  return [
    ["text", filter.text],
    ["outcome", filter.outcome],
    ["of", filter.group],
    ["behaviour", filter.behaviour],
    ["cluster", filter.cluster],
    ["stage", filter.stage],
    ["score", filter.score === null ? null : filter.score.join("-")],
    [
      "sort",
      sort.key === "place" && !sort.isDescending ? null : `${sort.isDescending ? "-" : ""}${sort.key}`,
    ],
  ];
}

function filterOf(values: URLSearchParams): RunFilter {
  const outcome = values.get("outcome");
  const score = /^(\d{1,3})-(\d{1,3})$/.exec(values.get("score") ?? "");
  return {
    ...NO_FILTER,
    text: values.get("text") ?? "",
    outcome: OUTCOMES.find((one): one is OutcomeWord => one === outcome) ?? null,
    group: values.get("of"),
    behaviour: values.get("behaviour"),
    cluster: wholeOf(values.get("cluster")),
    stage: values.get("stage"),
    score: score ? [Number(score[1]), Number(score[2])] : null,
  };
}

function sortOf(text: string | null): Sort {
  const key = SORT_KEYS.find((one) => one === text?.replace(/^-/, ""));
  return key === undefined ? NO_SORT : { key, isDescending: text?.startsWith("-") === true };
}

function wholeOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function splitOnce(text: string): string[] {
  const at = text.indexOf("?");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
