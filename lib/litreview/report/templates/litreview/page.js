// The page around what it shows: contents that follow the scroll, and links that lead to rows and cards.
(() => {
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

  const contents = document.querySelector('nav.contents');
  if (contents) { followScroll(contents); fold(contents); }
  document.documentElement.dataset.script = 'on';
  const reveal = liven(document);
  // A link to a row that is searched away brings it back; one to a line of a list of cards leads on to the card.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches('.line')) location.replace(target.querySelector('a').href);
    reveal(target);
  };
  addEventListener('hashchange', follow);
  follow();
})();
