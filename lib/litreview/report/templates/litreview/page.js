// Contents that follow the scroll; tables, lists and cards that can be searched, sorted and filtered. The page reads well without this script.
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
      // Beside the words, not around them: browsers do not print a button in a head that repeats on the next page.
      const button = element('button', { type: 'button', 'aria-label': `Sort by ${head.textContent}` });
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

  // A choice for each name that parts of the rows give in data-filter: `Theme`, with the values found there.
  function filters(rows) {
    const found = new Map();
    const values = rows.map(row => {
      const own = new Map();
      for (const part of row.querySelectorAll('[data-filter]')) {
        const name = part.dataset.filter, value = part.dataset.value ?? part.textContent;
        own.set(name, [...own.get(name) ?? [], value]);
        const sizes = found.get(name) ?? found.set(name, new Map()).get(name);
        sizes.set(value, (sizes.get(value) ?? 0) + 1);
      }
      return own;
    });
    const choices = [...found].sort().map(([name, sizes]) => {
      const label = element('label', {}, `${name} `);
      const select = element('select', {}, '');
      const options = [...sizes].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
      select.append(element('option', { value: '' }, 'all'));
      for (const [value, size] of options) select.append(element('option', { value }, `${value} (${size})`));
      label.append(select);
      return { name, label, select };
    });
    const passes = index => choices.every(({ name, select }) => !select.value || values[index].get(name)?.includes(select.value));
    return { choices, passes };
  }

  // What a search looks at: the text of a row, without the parts that speak of something else.
  const wordsOf = row => {
    const own = row.cloneNode(true);
    for (const part of own.querySelectorAll('[data-aside]')) part.remove();
    return own.textContent.toLowerCase();
  };

  function searchable(holder, rows, what) {
    const label = element('label', { class: 'search' }, `Search ${what} `);
    const input = element('input', { type: 'search', autocomplete: 'off' });
    const count = element('output');
    const texts = rows.map(wordsOf);
    const { choices, passes } = filters(rows);
    const groups = [...holder.querySelectorAll('section')];
    label.append(input);
    const update = () => {
      const words = input.value.toLowerCase().split(/\s+/);
      rows.forEach((row, index) => { row.hidden = !(words.every(word => texts[index].includes(word)) && passes(index)); });
      for (const group of groups) group.hidden = rows.every(row => row.hidden || !group.contains(row));
      count.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
    };
    const bar = element('div', { class: 'searchbar' });
    bar.append(label, ...choices.map(choice => choice.label), count);
    for (const field of [input, ...choices.map(choice => choice.select)]) field.addEventListener('input', update);
    holder.before(bar);
    // A link to a row that is searched away brings it back; one to a line of a list of cards leads on to the card.
    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target?.matches('.line')) location.replace(target.querySelector('a').href);
      if (!target?.closest('[hidden]') || !holder.contains(target)) return;
      input.value = '';
      for (const { select } of choices) select.value = '';
      update();
      target.scrollIntoView();
    };
    addEventListener('hashchange', reveal);
    update();
    reveal();
  }

  const contents = document.querySelector('nav.contents');
  if (contents) { followScroll(contents); fold(contents); }
  document.documentElement.dataset.script = 'on';
  for (const holder of document.querySelectorAll('[data-searchable]')) {
    const table = holder.querySelector('table');
    const list = holder.querySelector('ol, ul');
    const papers = [...holder.querySelectorAll('article')];
    if (papers.length) searchable(holder, papers, 'the cards');
    else if (table?.tHead) {
      searchable(holder, [...table.tBodies[0].rows], 'this table');
      sortable(table);
    } else if (list) searchable(holder, [...list.children], 'this list');
  }
})();
