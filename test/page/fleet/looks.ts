/** Evaluated in the page: visible elements that reach over its right edge, but for what lies in a box that scrolls. */
export const OVERFLOWING = `[...document.querySelectorAll("#app *")].filter((element) => {
  const box = element.getBoundingClientRect();
  const scrolls = element.closest(".filter-row, .views, .scroll-x, .run-table thead, svg, .skip");
  return box.width > 0 && box.right > innerWidth + 1 && !scrolls;
}).map((element) => element.className + " " + element.textContent.slice(0, 60))`;

/** Evaluated in the page: texts whose contrast to what is behind them is below AA (4.5). */
export const PALE = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll("#app *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own || element.offsetParent === null || element.closest(":disabled, svg")) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) bad.push(element.className + " " + contrast.toFixed(2) + " " + element.textContent.slice(0, 40));
  }
  return [...new Set(bad)];
})()`;

/** Evaluated in the page: elements that none of the page's own components makes, and attributes that none of them sets. */
export const FOREIGN = `[...document.querySelectorAll("*")].filter((element) =>
  /^(?:a|img|iframe|object|embed|form|base|link|video|audio|marquee|template|textarea|frame|portal|canvas|math)$/i.test(element.tagName) ||
  [...element.attributes].some((one) => /^on|^(?:href|src|srcset|action|formaction|data|poster|background|ping|style)$/i.test(one.name) && !/^(?:(?:width|height): [\\d.]+(?:%|px)|flex-grow: \\d+);?$/.test(one.value)),
).map((element) => element.outerHTML.slice(0, 200))`;
