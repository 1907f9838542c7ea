/** How behaviours go with failure over many runs. */
export { associate } from "./associate.ts";
export { associationMarkdown, renderAssociation } from "./render.ts";
