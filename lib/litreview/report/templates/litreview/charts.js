// Draws the charts and serves their downloads. Nothing here asks a network.
(async () => {
  const text = (name, content, attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = content;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const dataset = name => JSON.parse(document.querySelector(`script[data-dataset="${CSS.escape(name)}"]`).textContent);
  // Every view gets rows of its own: Vega writes into them.
  const filled = ({ spec, datasets }) =>
    datasets.length ? { ...spec, datasets: Object.fromEntries(datasets.map(name => [name, dataset(name)])) } : spec;

  async function loadVega() {
    const packed = Uint8Array.from(atob(document.getElementById('vega').textContent), letter => letter.charCodeAt(0));
    const source = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
    document.head.append(text('script', source));
  }

  // Joined views and panels do not follow their place as a single view does: each gets the width there is beforehand.
  function fitted(spec, { panel, beside, once }, place) {
    if (!panel) return spec;
    const room = place - once;
    const columns = Math.max(1, Math.min(spec.columns ?? 1, Math.floor(room / (panel + beside))));
    const width = Math.max(panel, Math.floor(room / columns) - beside);
    const wide = view => ({ ...view, width });
    const params = (spec.params ?? []).map(param => param.name === 'room' ? { ...param, value: width } : param);
    if (spec.spec) return { ...spec, params, columns, spec: wide(spec.spec) };
    if (spec.concat) return { ...spec, params, columns, concat: spec.concat.map(wide) };
    return spec.vconcat ? { ...spec, params, vconcat: spec.vconcat.map(wide) } : { ...spec, params, width };
  }

  async function draw(figure, chart) {
    const view = figure.querySelector('.view');
    const frame = document.createElement('div'); // Vega-Embed changes how its element is laid out
    view.replaceChildren(frame);
    await vegaEmbed(frame, fitted(filled(chart), chart, view.clientWidth - 4), { mode: 'vega-lite', renderer: 'svg', ast: true, actions: false });
    const drawing = frame.querySelector('svg.marks');
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', view.dataset.alt);
    drawing.removeAttribute('aria-roledescription');
    for (const mark of drawing.querySelectorAll('[role="graphics-symbol"]:not([aria-label])')) mark.setAttribute('aria-hidden', 'true');
  }

  // A text that a spreadsheet would take for a formula gets an apostrophe in front.
  const field = value => {
    const content = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value ?? '';
    return `"${String(content).replaceAll('"', '""')}"`;
  };
  const csv = rows => {
    const columns = Object.keys(rows[0] ?? {});
    return [columns, ...rows.map(row => columns.map(column => row[column]))].map(row => row.map(field).join(',')).join('\r\n') + '\r\n';
  };

  // A picture leaves the page as it would look on paper: light, of a fixed width, with its title in it.
  async function picture(chart, kind) {
    const onPaper = JSON.stringify(filled(chart)).replace(/var\(--[a-z]+,(#[0-9a-f]+)\)/gi, '$1').replaceAll('"width":"container"', '"width":720');
    const spec = JSON.parse(onPaper);
    const [title, subtitle] = chart.title;
    const away = document.createElement('div');
    const { view } = await vegaEmbed(away, { ...spec, background: '#ffffff', padding: 16, title: { text: title, subtitle, anchor: 'start' } },
      { mode: 'vega-lite', renderer: 'none', ast: true, actions: false });
    const blob = kind === 'svg'
      ? new Blob([await view.toSVG()], { type: 'image/svg+xml' })
      : await new Promise(async done => (await view.toCanvas(2)).toBlob(done, 'image/png'));
    view.finalize();
    return blob;
  }

  async function save(figure, chart, kind) {
    const page = location.pathname.split('/').pop().replace(/\.html$/, '') || 'report';
    const parts = kind === 'csv'
      ? chart.datasets.map(name => new Blob(['\ufeff', csv(dataset(name))], { type: 'text/csv' }))
      : [await picture(chart, kind)];
    parts.forEach((part, index) => {
      const link = text('a', '', { href: URL.createObjectURL(part), download: `${page}-${figure.id}${index ? `-${index + 1}` : ''}.${kind}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
  }

  function offerDownloads(figure, chart) {
    const offers = figure.querySelector('.downloads');
    for (const button of offers.querySelectorAll('button')) {
      button.setAttribute('aria-label', `Download ${button.dataset.download === 'csv' ? 'the data' : 'the picture'} of this chart as ${button.textContent}`);
      button.addEventListener('click', () => save(figure, chart, button.dataset.download));
    }
    offers.hidden = false;
  }

  const figures = [...document.querySelectorAll('figure.chart')];
  let failure = null;
  await loadVega().catch(error => { failure = error; });
  for (const figure of figures) {
    const chart = JSON.parse(figure.querySelector('script.specification').textContent);
    try {
      if (failure) throw failure;
      await draw(figure, chart);
      offerDownloads(figure, chart);
    } catch (error) {
      figure.querySelector('.view').replaceChildren(text('p', `The chart could not be drawn: ${error}. Its description and data are below.`, { class: 'failure' }));
    }
  }
  document.documentElement.dataset.charts = 'ready';
})();
