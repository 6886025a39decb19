/** Brings the line of numbers below a chart to life: by pointer, or by arrow keys when the chart has the focus. */
export const readoutScript = `for (const chart of document.querySelectorAll('figure.chart')) {
  const svg = chart.querySelector('svg');
  const cursor = chart.querySelector('.cursor');
  const output = chart.querySelector('output');
  const rows = JSON.parse(chart.querySelector('script').textContent);
  if (!rows.length) continue;
  let at = rows.length;
  const show = (row) => {
    at = Math.max(0, Math.min(rows.length - 1, row));
    const [place, ...texts] = rows[at];
    cursor.setAttribute('x1', place);
    cursor.setAttribute('x2', place);
    cursor.classList.add('on');
    output.textContent = texts.join('  ·  ');
  };
  const point = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
    let nearest = 0;
    rows.forEach((row, k) => {
      if (Math.abs(row[0] - place) < Math.abs(rows[nearest][0] - place)) nearest = k;
    });
    show(nearest);
  };
  svg.addEventListener('pointermove', point);
  svg.addEventListener('pointerdown', point);
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(at + step);
  });
}`;
