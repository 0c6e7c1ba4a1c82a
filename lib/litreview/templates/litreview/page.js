// Contents that follow the scroll; tables that can be searched and sorted. The page reads well without this script.
(() => {
  const element = (name, attributes = {}, content = '') => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = content;
    return made;
  };

  function followScroll(contents) {
    const links = new Map([...contents.querySelectorAll('a')].map(link => [link.hash.slice(1), link]));
    const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      const current = headings.findLast(heading => heading.getBoundingClientRect().top < innerHeight / 4) ?? headings[0];
      for (const [id, link] of links) id === current?.id ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    };
    let waiting = false;
    addEventListener('scroll', () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  function fold(contents) {
    const button = contents.querySelector('button');
    const set = open => button.setAttribute('aria-expanded', String(open));
    button.hidden = false;
    button.addEventListener('click', () => set(button.getAttribute('aria-expanded') !== 'true'));
    contents.querySelector('ol').addEventListener('click', () => set(false));
  }

  const value = cell => {
    const text = cell?.dataset.sort ?? cell?.textContent.trim() ?? '';
    const number = Number(text.replaceAll(',', '').replace('%', ''));
    return text === '' || text === '–' ? null : Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null); // what is missing goes last, both ways
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  };

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = element('button', { type: 'button' });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const rows = [...table.tBodies[0].rows].map(row => [value(row.cells[column]), row]);
        rows.sort(([a], [b]) => (down && a !== null && b !== null ? compare(b, a) : compare(a, b)));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  function searchable(holder, rows, what) {
    const label = element('label', { class: 'search' }, `Search ${what} `);
    const input = element('input', { type: 'search', autocomplete: 'off' });
    const count = element('output', {}, `${rows.length}`);
    const texts = rows.map(row => row.textContent.toLowerCase());
    label.append(input);
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/);
      rows.forEach((row, index) => { row.hidden = !words.every(word => texts[index].includes(word)); });
      count.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
    });
    const bar = element('div', { class: 'searchbar' });
    bar.append(label, count);
    holder.before(bar);
  }

  const contents = document.querySelector('nav.contents');
  if (contents) { followScroll(contents); fold(contents); }
  document.documentElement.dataset.script = 'on';
  for (const holder of document.querySelectorAll('[data-searchable]')) {
    const table = holder.querySelector('table');
    const list = holder.querySelector('ol, ul');
    if (table?.tHead) {
      searchable(holder, [...table.tBodies[0].rows], 'this table');
      sortable(table);
    } else if (list) searchable(holder, [...list.children], 'this list');
  }
})();
