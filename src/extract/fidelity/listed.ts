/** A few ids, and how many more there are. */
export function listed(ids: readonly number[], most = 12): string {
  return ids.length <= most
    ? ids.join(", ")
    : `${ids.slice(0, most).join(", ")} and ${ids.length - most} more`;
}
