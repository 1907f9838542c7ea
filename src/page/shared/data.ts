/** What the page was made with: the JSON in `<script id="data">`, written by the same version of this program. */
export function embeddedData<Data>(): Data {
  const element = document.getElementById("data");
  if (element === null) throw new Error("the page has no data");
  return JSON.parse(element.textContent ?? "") as Data;
}
