/** An SVG of the library's as an element; it is parsed as XML, so nothing in it can run. */
export function drawingOf(svg: string): SVGElement | undefined {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  if (documentElement.tagName !== 'svg') return undefined;
  documentElement.setAttribute('role', 'img');
  documentElement.setAttribute('aria-label', '2D drawing');
  return document.importNode(documentElement, true) as unknown as SVGElement;
}
