// Tables, lists and cards that can be searched, sorted and filtered, on a page as in JupyterLab. All reads well without this script.
const liven = (() => {
  const element = (name, attributes = {}, content = '') => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = content;
    return made;
  };

  const value = cell => {
    const text = cell?.textContent.trim() ?? '';
    const number = Number(text.replaceAll(',', '').replace('%', ''));
    return text === '' || text === '–' ? null : Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null); // what is missing goes last, both ways
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  };

  function sortable(table, update) {
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
        update();
      });
    });
  }

  // A choice for each name that parts of the rows give in data-filter: `Theme`, with the values found there.
  function filters(rows) {
    const found = new Map();
    const values = new Map(rows.map(row => {
      const own = new Map();
      for (const part of row.querySelectorAll('[data-filter]')) {
        const name = part.dataset.filter, value = part.dataset.value ?? part.textContent;
        own.set(name, [...own.get(name) ?? [], value]);
        const sizes = found.get(name) ?? found.set(name, new Map()).get(name);
        sizes.set(value, (sizes.get(value) ?? 0) + 1);
      }
      return [row, own];
    }));
    const choices = [...found].sort().map(([name, sizes]) => {
      const label = element('label', {}, `${name} `);
      const select = element('select', {}, '');
      const options = [...sizes].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
      select.append(element('option', { value: '' }, 'all'));
      for (const [value, size] of options) select.append(element('option', { value }, `${value} (${size})`));
      label.append(select);
      return { name, label, select };
    });
    const passes = row => choices.every(({ name, select }) => !select.value || values.get(row).get(name)?.includes(select.value));
    return { choices, passes };
  }

  // What a search looks at: the text of a row, without the parts that speak of something else.
  const wordsOf = row => {
    const own = row.cloneNode(true);
    for (const part of own.querySelectorAll('[data-aside]')) part.remove();
    return [...own.cells ?? [own]].map(cell => cell.textContent).join(' ').toLowerCase();
  };

  // `present` gives the rows in their order, which sorting changes; `show` may leave some of those that were found hidden.
  function searchable(holder, present, what, show) {
    const label = element('label', { class: 'search' }, `Search ${what} `);
    const input = element('input', { type: 'search', autocomplete: 'off' });
    const count = element('output');
    const texts = new Map(present().map(row => [row, wordsOf(row)]));
    const places = new Map(present().map((row, place) => [row, place]));
    const { choices, passes } = filters([...texts.keys()]);
    const fields = [input, ...choices.map(choice => choice.select)];
    const groups = [...holder.querySelectorAll('section')];
    label.append(input);
    const close = () => { for (const group of groups) group.hidden = !group.querySelector('article:not([hidden])'); };
    const update = () => {
      const words = input.value.toLowerCase().split(/\s+/), rows = present();
      for (const row of rows) row.hidden = !(words.every(word => texts.get(row).includes(word)) && passes(row));
      const found = rows.filter(row => !row.hidden);
      count.textContent = `${found.length} of ${rows.length}`;
      holder.dispatchEvent(new CustomEvent('found', { detail: found.map(row => places.get(row)), bubbles: true, composed: true }));
      show?.(found, close);
      close();
    };
    const bar = element('div', { class: 'searchbar' });
    bar.append(label, ...choices.map(choice => choice.label), count);
    for (const field of fields) field.addEventListener('input', update);
    holder.before(bar);
    update();
    const reset = () => { for (const field of fields) field.value = ''; update(); };
    return { update, reset };
  }

  // Brings what can be searched below `root` to life; `pager`, given a list, makes the `show` of it. Returns a function
  // that leads to a row or a card, also when it is searched away.
  return (root, pager) => {
    const lists = [...root.querySelectorAll('[data-searchable]')].map(holder => {
      const table = holder.querySelector('table');
      const list = holder.querySelector('ol, ul');
      const papers = [...holder.querySelectorAll('article')];
      if (papers.length) return { holder, ...searchable(holder, () => papers, 'the cards', pager?.(holder, papers)) };
      if (table?.tHead) {
        const { update, reset } = searchable(holder, () => [...table.tBodies[0].rows], 'this table', pager?.(holder, table.tBodies[0].rows));
        sortable(table, update);
        return { holder, reset };
      }
      if (list) return { holder, ...searchable(holder, () => [...list.children], 'this list', pager?.(holder, list.children)) };
    });
    return target => {
      if (!target?.closest('[hidden]')) return;
      lists.find(list => list?.holder.contains(target))?.reset();
      target.scrollIntoView();
    };
  };
})();
