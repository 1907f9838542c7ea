import { render } from "preact";
import { embeddedData } from "../shared/data.ts";
import { App } from "./app.tsx";
import type { FleetPageData } from "./data.ts";
import { fleetOf } from "./fleet.ts";

const root = document.getElementById("app");
if (root) {
  render(<App fleet={fleetOf(embeddedData<FleetPageData>())} />, root);
  root.dataset.ready = "yes";
}
