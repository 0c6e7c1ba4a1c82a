// Above the list: a map of the corpus by likeness of words, and the papers by year. Both filter, and show the filter.

const DOT = 3.2; // pixels; half of it where papers are many
const LEAST_NAMED = 3; // papers of a theme whose name stands on the map
const EDGE = 14; // pixels between the outermost papers and the edge

function makeMap(room) {
  const canvas = h("canvas", { role: "img" });
  const names = h("div", { class: "lr-names" });
  const brush = h("div", { class: "lr-brush", hidden: true });
  const map = h("div", { class: "lr-map" }, canvas, names, brush);
  let from = null;
  const at = event => {
    const edge = canvas.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  };
  canvas.addEventListener("pointerdown", event => {
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    const [x, y] = at(event);
    if (!from) {
      const near = nearest(room, x, y);
      canvas.title = near === null ? "" : `${room.data.title[near]} (${room.data.who[near]})`;
      return;
    }
    brush.hidden = false;
    Object.assign(brush.style, {
      left: `${Math.min(x, from[0])}px`, top: `${Math.min(y, from[1])}px`,
      width: `${Math.abs(x - from[0])}px`, height: `${Math.abs(y - from[1])}px`,
    });
  });
  canvas.addEventListener("pointerup", event => {
    if (!from || !room.data.x) return;
    const [x, y] = at(event), [x1, y1] = from;
    from = null;
    brush.hidden = true;
    if (Math.abs(x - x1) + Math.abs(y - y1) < 6) return pick(room, x, y);
    const { toX, toY } = room.scale;
    room.box = { x0: toX(Math.min(x, x1)), x1: toX(Math.max(x, x1)), y0: toY(Math.max(y, y1)), y1: toY(Math.min(y, y1)) };
    room.refresh();
  });
  new ResizeObserver(() => room.data && drawMap(room)).observe(map);
  return map;
}

function nearest(room, x, y) {
  if (!room.data.x) return null;
  const { sx, sy } = room.scale;
  let best = null, least = 64; // pixels squared
  for (const paper of room.list) {
    const far = (sx(room.data.x[paper]) - x) ** 2 + (sy(room.data.y[paper]) - y) ** 2;
    if (far < least) [best, least] = [paper, far];
  }
  return best;
}

function pick(room, x, y) {
  const paper = nearest(room, x, y);
  if (paper === null) {
    room.box = null;
    room.refresh();
  } else room.open(room.list.indexOf(paper));
}

function drawMap(room) {
  if (!room.data.x) return;
  const [canvas, names] = room.parts.map.children;
  const width = room.parts.map.clientWidth, height = room.parts.map.clientHeight, dense = window.devicePixelRatio || 1;
  Object.assign(canvas, { width: width * dense, height: height * dense });
  const { data } = room, spanX = width - 2 * EDGE, spanY = height - 2 * EDGE;
  room.scale = {
    sx: x => EDGE + (x + 1) / 2 * spanX, sy: y => EDGE + (1 - y) / 2 * spanY,
    toX: px => (px - EDGE) / spanX * 2 - 1, toY: py => 1 - (py - EDGE) / spanY * 2,
  };
  const pen = canvas.getContext("2d"), { sx, sy } = room.scale;
  pen.scale(dense, dense);
  const themes = data.facets[0], grey = getComputedStyle(room.parts.map).getPropertyValue("--lr-grey");
  const size = data.ids.length > 600 ? DOT / 2 : DOT;
  const draw = (paper, colour, opacity, radius) => {
    pen.globalAlpha = opacity;
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(sx(data.x[paper]), sy(data.y[paper]), radius, 0, 7);
    pen.fill();
  };
  const others = room.list.length < data.ids.length ? data.ids.keys() : [];
  for (const paper of others) if (!room.listed.has(paper)) draw(paper, grey, 0.35, size * 0.8);
  for (const paper of room.list) draw(paper, themes.colours[themes.of[paper][0]] ?? grey, 0.9, size);
  if (room.paper !== null) {
    pen.globalAlpha = 1;
    pen.lineWidth = 2;
    pen.strokeStyle = getComputedStyle(room.parts.map).color;
    pen.beginPath();
    pen.arc(sx(data.x[room.paper]), sy(data.y[room.paper]), size + 4, 0, 7);
    pen.stroke();
  }
  canvas.setAttribute("aria-label", `Map of ${data.ids.length} papers by likeness of words; ${room.list.length} are `
    + "listed, the others grey. Papers of one theme have one colour. The filters give the same choice.");
  drawNames(room, names, width, height);
}

// The name of each theme amid its papers, where it hides the fewest; the largest first, as far as there is room.
function drawNames(room, names, width, height) {
  const taken = [], shown = [], { sx, sy } = room.scale;
  const dots = room.list.map(paper => [sx(room.data.x[paper]), sy(room.data.y[paper])]);
  for (const { title, theme, x, y } of room.groups) {
    const wide = title.length * 6 + 8;
    const left = Math.max(0, Math.min(width - wide, sx(x) - wide / 2));
    const hidden = top => dots.filter(([dx, dy]) => dx > left - DOT && dx < left + wide + DOT && dy > top - DOT && dy < top + 16 + DOT).length;
    const tops = [0, -16, 16, -32, 32].map(by => Math.max(0, Math.min(height - 16, sy(y) - 8 + by)));
    const top = tops.reduce((best, each) => hidden(each) < hidden(best) ? each : best);
    if (taken.some(other => left < other.left + other.wide && other.left < left + wide && Math.abs(top - other.top) < 16)) continue;
    taken.push({ left, wide, top });
    shown.push(h("button", {
      type: "button", id: `${room.id}-name-${theme}`, style: `left:${left}px;top:${top}px`, "aria-pressed": String(room.chosen.get(0).has(theme)),
      onclick: () => { toggle(room.chosen.get(0), theme); room.refresh(); },
    }, title));
  }
  redraw(room, names, ...shown);
}

function makeTimeline(room) {
  return h("div", { class: "lr-years", role: "group", "aria-label": "Papers by year" });
}

function drawTimeline(room) {
  const all = room.year.filter(Boolean);
  const first = all.reduce((a, b) => Math.min(a, b), Infinity), last = all.reduce((a, b) => Math.max(a, b), 0);
  const most = Math.max(1, ...room.years_of.values());
  const bars = [];
  for (let year = first; year <= last; year++) {
    const n = room.years_of.get(year) ?? 0, on = !room.years || (year >= room.years[0] && year <= room.years[1]);
    bars.push(h("button", {
      type: "button", "aria-pressed": String(Boolean(room.years) && on), title: `${year}: ${n}`, "data-year": year, id: `${room.id}-year-${year}`,
      class: on ? "" : "lr-off", "aria-label": `${year}, ${n} papers`,
    }, h("span", { class: "lr-bar", style: `height:${Math.round(100 * n / most)}%` }),
    h("span", { class: "lr-year" }, last - first > 12 && (last - year) % 5 ? "" : String(year))));
  }
  redraw(room, room.parts.years, ...bars);
}

// A click or Enter takes a year, with the shift key up to it; pressing and moving takes a span.
function listenToYears(room) {
  const of = event => Number(event.target.closest?.("[data-year]")?.dataset.year) || null;
  let from = null;
  const take = (a, b) => {
    const [start, end] = [Math.min(a, b), Math.max(a, b)];
    const same = room.years && room.years[0] === start && room.years[1] === end;
    room.years = same ? null : [start, end];
    room.refresh();
    room.parts.years.querySelector(`[data-year="${b}"]`)?.focus();
  };
  room.parts.years.addEventListener("pointerdown", event => { from = of(event); });
  room.parts.years.addEventListener("click", event => {
    const to = of(event);
    if (to) take(event.shiftKey && room.years ? room.years[0] : event.detail && from ? from : to, to);
    from = null;
  });
  room.parts.years.addEventListener("pointerup", event => {
    const to = of(event);
    if (from && to && to !== from) take(from, to);
  });
}
