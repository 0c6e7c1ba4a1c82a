// Outputs in JupyterLab look and work as on a page. Each gets a shadow root, so that no style leaks out of it or into it.
const ROWS = 25, CARDS = 3; // shown at a time
const sheet = new CSSStyleSheet();
sheet.replaceSync(look);

function made(name, words = '') {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}

// Shows a part of a long list. Gives what `liven` calls with the rows that were found, and notes how to turn to one of them.
const pagerOf = turns => (holder, rows) => {
  const size = rows[0]?.localName === 'article' ? CARDS : ROWS;
  if (rows.length <= size) return undefined;
  const bar = made('div'), back = made('button', 'Previous'), on = made('button', 'Next'), place = made('output');
  let found = [], at = 0, close;
  const show = to => {
    at = to;
    found.forEach((row, index) => { row.hidden = index < at || index >= at + size; });
    close();
    back.ariaDisabled = at === 0;
    on.ariaDisabled = at + size >= found.length;
    place.textContent = `${at + 1}–${Math.min(at + size, found.length)} of ${found.length}`;
    bar.hidden = found.length <= size;
  };
  const press = (button, step) => button.addEventListener('click', () => {
    if (button.ariaDisabled === 'true') return;
    show(at + step);
    (holder.querySelector('.scroll') ?? holder).scrollTop = 0;
    holder.previousElementSibling.scrollIntoView({ block: 'nearest' });
  });
  press(back, -size);
  press(on, size);
  back.type = on.type = 'button';
  bar.className = 'turn';
  bar.role = 'group';
  bar.ariaLabel = 'Pages';
  bar.append(back, place, on);
  holder.after(bar);
  turns.push(target => {
    const index = found.findIndex(row => row.contains(target));
    if (index >= 0) show(index - index % size);
  });
  return (rows, done) => { found = rows; close = done; show(0); };
};

// Leads to an anchor: in this output, else in another one of the notebook.
function lead(from, id) {
  const there = [from, ...(from.closest('.jp-Notebook') ?? document).querySelectorAll('.litreview-output')];
  const holder = there.find(each => each.shadowRoot?.getElementById(id));
  const target = holder?.shadowRoot.getElementById(id);
  if (!target) return;
  holder.showing(target); // of the script that mounted it, which may be of another version
  for (const old of holder.shadowRoot.querySelectorAll('[data-led]')) delete old.dataset.led;
  target.dataset.led = '';
  let frames = 20; // JupyterLab learns the height of a cell only when it comes into view
  const go = () => { target.scrollIntoView({ block: 'center' }); if (frames--) requestAnimationFrame(go); };
  go();
}

// The rows of a table that are too many for a page lie in a script of plain text behind the holder.
function complete(table, more) {
  const body = table.tBodies[0], cut = table.closest('.table').querySelector('[data-cut]');
  body.insertAdjacentHTML('beforeend', more);
  const shown = body.rows.length.toLocaleString('en');
  if (cut.textContent.includes(`of ${shown} `)) cut.remove();
  else cut.textContent = cut.textContent.replace(/[\d,]+/, shown);
}

function mount(script) {
  const more = script.previousElementSibling?.localName === 'script' ? script.previousElementSibling : null;
  const holder = (more ?? script).previousElementSibling;
  if (!holder || holder.shadowRoot) return;
  const root = holder.attachShadow({ mode: 'open' }), shown = made('div'), turns = [];
  root.adoptedStyleSheets = [sheet];
  shown.className = 'shown prose';
  shown.append(...holder.childNodes);
  root.append(shown);
  if (more) complete(shown.querySelector('table'), more.textContent);
  holder.removeAttribute('style');
  holder.dataset.lmSuppressShortcuts = 'true'; // a letter that is typed into a search is no command of JupyterLab
  for (const link of shown.querySelectorAll('a[href]')) {
    if (link.getAttribute('href').startsWith('#')) continue;
    if (link.origin === location.origin) link.removeAttribute('href'); // a page that lies beside the report, not here
    else Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
  }
  const reveal = liven(shown, pagerOf(turns));
  holder.showing = target => { reveal(target); for (const turn of turns) turn(target); };
  root.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    lead(holder, decodeURIComponent(link.hash.slice(1)));
  });
}

const waiting = window.litreviewOutputs ?? [];
window.litreviewOutputs = { push: mount };
if (Array.isArray(waiting)) waiting.forEach(mount);
