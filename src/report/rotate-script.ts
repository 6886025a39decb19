/**
 * Lets people turn and zoom every 3D picture: drag, pinch, wheel (once the picture has the focus, so that the page
 * still scrolls), arrow keys, plus and minus, 0 to go back. The projection is that of projection.ts.
 */
export const rotateScript = `for (const svg of document.querySelectorAll('svg.space')) {
  const reach = Number(svg.dataset.reach);
  const distance = Number(svg.dataset.distance);
  const first = svg.dataset.view.split(' ').map(Number);
  const items = [...svg.children].map((element) => {
    const numbers = element.dataset.at.split(' ').map(Number);
    const points = [];
    for (let k = 0; k < numbers.length; k += 3) points.push(numbers.slice(k, k + 3));
    return { element, points, radius: Number(element.dataset.radius), layer: Number(element.dataset.layer), depth: 0 };
  });
  let view = first;
  let zoom = 1;
  const dot = (row, point) => view[row] * point[0] + view[row + 1] * point[1] + view[row + 2] * point[2];
  const project = (point) => {
    const depth = dot(6, point);
    const scale = (zoom * distance) / (distance - depth);
    return [reach * scale * dot(0, point), -reach * scale * dot(3, point), depth, scale];
  };
  const draw = () => {
    for (const item of items) {
      const seen = item.points.map(project);
      item.depth = item.layer + seen.reduce((sum, point) => sum + point[2], 0) / seen.length;
      if (item.radius) {
        item.element.setAttribute('cx', seen[0][0].toFixed(1));
        item.element.setAttribute('cy', seen[0][1].toFixed(1));
        item.element.setAttribute('r', (item.radius * seen[0][3] * zoom ** -0.7).toFixed(1));
      } else {
        item.element.setAttribute('points', seen.map((p) => p[0].toFixed(1) + ',' + p[1].toFixed(1)).join(' '));
      }
    }
    items.sort((a, b) => a.depth - b.depth);
    svg.append(...items.map((item) => item.element));
  };
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  const turn = (right, up) => {
    const [a, b, c, s] = [Math.cos(right), Math.sin(right), Math.cos(up), Math.sin(up)];
    const [x, y, z] = [view.slice(0, 3), view.slice(3, 6), view.slice(6, 9)];
    const side = x.map((value, k) => a * value + b * z[k]);
    const near = z.map((value, k) => a * value - b * x[k]);
    view = [...side, ...y.map((value, k) => c * value - s * near[k]), ...near.map((value, k) => c * value + s * y[k])];
    redraw();
  };
  const magnify = (factor) => {
    zoom = Math.max(0.4, Math.min(8, zoom * factor));
    redraw();
  };
  const reset = () => {
    view = first;
    zoom = 1;
    redraw();
  };
  const pointers = new Map();
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  svg.addEventListener('pointerdown', (event) => {
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const apart = pointers.size === 2 ? spread() : 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (apart) magnify(spread() / apart);
    else if (pointers.size === 1) turn((event.clientX - before.x) / 130, (event.clientY - before.y) / 130);
  });
  for (const end of ['pointerup', 'pointercancel']) svg.addEventListener(end, (event) => pointers.delete(event.pointerId));
  svg.addEventListener('wheel', (event) => {
    if (document.activeElement !== svg) return;
    event.preventDefault();
    magnify(Math.exp(-event.deltaY / 400));
  }, { passive: false });
  svg.addEventListener('dblclick', reset);
  svg.addEventListener('keydown', (event) => {
    const act = {
      ArrowLeft: () => turn(-0.12, 0), ArrowRight: () => turn(0.12, 0),
      ArrowUp: () => turn(0, -0.12), ArrowDown: () => turn(0, 0.12),
      '+': () => magnify(1.15), '=': () => magnify(1.15), '-': () => magnify(1 / 1.15), 0: reset,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}`;
