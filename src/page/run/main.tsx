import { render } from "preact";
import { embeddedData } from "../shared/data.ts";
import { App } from "./app.tsx";
import type { RunPageData } from "./data.ts";
import { runFacts } from "./facts.ts";

const root = document.getElementById("app");
if (root) {
  render(<App facts={runFacts(embeddedData<RunPageData>())} />, root);
  root.dataset.ready = "yes";
}
