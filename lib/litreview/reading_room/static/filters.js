// What is listed: the search, the filters with counts that follow, the order. Papers are told by their place.

const OPEN = "open";
const DECISIONS = { include: "Included", maybe: "Maybe", exclude: "Excluded", [OPEN]: "Open" };

function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// Puts new parts in the place of old ones. The focus stays where it was, or goes to the list: keys go on working.
function redraw(room, part, ...children) {
  const at = part.contains(document.activeElement) ? document.activeElement : part;
  part.replaceChildren(...children);
  if (at !== part) (document.getElementById(at.id) ?? room.parts.list).focus({ preventScroll: true });
}

// What is computed once: the year of each paper, and its place from the newest to the oldest.
function measure(room) {
  const { date, ids } = room.data;
  room.year = date.map(day => Number(day.slice(0, 4)) || 0);
  room.age = new Array(ids.length);
  const newest = ids.map((_, paper) => paper).sort((a, b) => (date[a] < date[b]) - (date[a] > date[b]) || a - b);
  newest.forEach((paper, place) => { room.age[paper] = place; });
  room.groups = [];
  if (!room.data.x) return; // not placed yet
  const themes = room.data.facets[0], middle = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  room.groups = themes.values.map((title, theme) => {
    const papers = newest.filter(paper => themes.of[paper][0] === theme);
    const at = side => middle(papers.map(paper => room.data[side][paper]));
    return { title, theme, size: papers.length, x: at("x"), y: at("y") };
  }).filter(group => group.size >= LEAST_NAMED).sort((a, b) => b.size - a.size);
}

function decisionOf(room, paper) {
  return room.data.decisions[room.data.ids[paper]] ?? OPEN;
}

// Each filter that is set, as a function that tells whether a paper passes.
function setFilters(room) {
  const { chosen, years, box, only, hits, data } = room;
  const filters = new Map();
  for (const [place, values] of chosen) {
    if (values.size) filters.set(place, paper => data.facets[place].of[paper].some(value => values.has(value)));
  }
  if (room.decided.size) filters.set("decision", paper => room.decided.has(decisionOf(room, paper)));
  if (years) filters.set("years", paper => room.year[paper] >= years[0] && room.year[paper] <= years[1]);
  if (box) filters.set("box", paper => inside(box, data.x[paper], data.y[paper]));
  if (only) filters.set("only", paper => only.has(paper));
  if (hits) filters.set("search", paper => hits.has(paper));
  return filters;
}

function inside(box, x, y) {
  return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
}

// A paper that one filter alone keeps out counts in that filter's own figures, as if it were not set.
function refilter(room) {
  const filters = [...setFilters(room)];
  const { data } = room;
  room.counts = data.facets.map(facet => facet.values.map(() => 0));
  room.years_of = new Map();
  room.decided_of = { include: 0, maybe: 0, exclude: 0, [OPEN]: 0 };
  const kept = [];
  for (let paper = 0; paper < data.ids.length; paper++) {
    let failed = 0, out = null;
    for (const [name, passes] of filters) {
      if (!passes(paper)) {
        failed++;
        out = name;
        if (failed > 1) break;
      }
    }
    if (failed > 1) continue;
    if (!failed) kept.push(paper);
    data.facets.forEach((facet, place) => {
      if (!failed || out === place) for (const value of facet.of[paper]) room.counts[place][value]++;
    });
    if (!failed || out === "years") {
      room.years_of.set(room.year[paper], (room.years_of.get(room.year[paper]) ?? 0) + 1);
    }
    if (!failed || out === "decision") room.decided_of[decisionOf(room, paper)]++;
  }
  room.list = ordered(room, kept);
  room.listed = new Set(kept);
}

function ordered(room, papers) {
  const { sort, hits, next, only } = room;
  const rank = sort === "next" ? next : sort === "relevance" ? hits ?? only : null;
  const newest = (a, b) => room.age[a] - room.age[b];
  if (!rank) return papers.sort(newest);
  return papers.sort((a, b) => (rank.get(a)?.rank ?? Infinity) - (rank.get(b)?.rank ?? Infinity) || newest(a, b));
}

// The same selection as Python code, a line a filter.
function asCode(room) {
  const { data, chosen, years, box, only, decided, query } = room;
  const listed = values => `[${[...values].map(value => JSON.stringify(value)).join(", ")}]`;
  const steps = [];
  for (const [place, values] of chosen) {
    if (!values.size) continue;
    const keys = listed([...values].map(value => data.facets[place].keys[value]));
    steps.push(`papers = papers.where(${data.facets[place].code.replace("KEYS", keys)}["paper_id"])`);
  }
  if (years) steps.push(`papers = papers.between(${years[0]}, ${years[1]})`);
  if (decided.size) {
    const who = room.model.get("who"), by = who ? ` & papers.decisions["who"].isin(${listed(["", who])})` : "";
    const others = Object.keys(DECISIONS).filter(name => name !== OPEN && !decided.has(name));
    const rows = names => `papers.papers["paper_id"].isin(papers.decisions[papers.decisions["decision"].isin(`
      + `${listed(names)})${by}]["paper_id"])`;
    const named = [...decided].filter(name => name !== OPEN);
    steps.push(`papers = papers.where(${decided.has(OPEN) ? `~${rows(others)}` : rows(named)})`);
  }
  if (query) steps.push(`papers = papers.where(lr.search(papers, ${JSON.stringify(query)}, len(papers))["paper_id"])`);
  if (box || only) steps.push(`papers = papers.where(${listed(room.list.map(paper => data.ids[paper]))})`);
  return steps;
}

function drawFilters(room) {
  redraw(room, room.parts.filters,
    group(room, "Decision", Object.entries(DECISIONS).map(([name, title]) => ({
      title, count: room.decided_of[name], on: room.decided.has(name), id: `decision-${name}`,
      toggle: () => toggle(room.decided, name),
    }))),
    ...room.data.facets.map((facet, place) => facetGroup(room, facet, place)).filter(Boolean),
  );
}

function toggle(values, value) {
  if (!values.delete(value)) values.add(value);
}

function facetGroup(room, facet, place) {
  const values = room.chosen.get(place);
  if (facet.within) {
    const themes = room.data.facets[0];
    if (!room.chosen.get(0).has(themes.values.indexOf(facet.within))) {
      values.clear();
      return null;
    }
  }
  return group(room, facet.name, facet.values.map((title, value) => ({
    title, count: room.counts[place][value], on: values.has(value), id: `facet-${place}-${value}`,
    colour: facet.colours?.[value], toggle: () => toggle(values, value),
  })));
}

function group(room, name, options) {
  const rows = options.map(option => {
    const id = `${room.id}-${option.id}`;
    const box = h("input", { type: "checkbox", id, onchange: () => { option.toggle(); room.refresh(); } });
    box.checked = option.on;
    const dot = option.colour ? h("span", { class: "lr-dot", style: `background:${option.colour}` }) : "";
    const count = h("span", { class: "lr-count" }, option.count.toLocaleString("en"));
    return h("label", { class: option.count || option.on ? "" : "lr-none", for: id }, box, dot,
      h("span", {}, option.title), " ", count); // a blank, for those who hear it
  });
  return h("fieldset", {}, h("legend", {}, name), ...rows);
}
