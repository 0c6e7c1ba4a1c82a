// The room as a whole: its parts, what it asks Python, and its keys.

const KEYS = [
  ["j k", "next, previous paper (or the arrows)"], ["i m e", "include, maybe, exclude with a reason"], ["u", "undo"],
  ["n", "note on the decision"], ["1–9", "the selected words become the answer to that field"],
  ["s S", "select the next sentence, the one before"], ["l", "papers like this"], ["c", "a random sample of the open papers"], ["p", "pin, and compare with the next"], ["t", "why this theme"],
  ["/", "search"], ["x", "clear all filters"], ["?", "these keys"], ["Esc", "back to the list"],
];
const PATIENCE = 5000; // milliseconds until a silent kernel is told of
const SORTS = { relevance: "Relevance", date: "Newest", next: "What to read next" };
let rooms = 0;

function makeParts(room) {
  const search = h("input", {
    type: "search", class: "lr-search", "aria-label": "Search", placeholder: 'Search: words, "a phrase", title: author: since: -not',
  });
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => room.search(search.value.trim()), 120);
  });
  const sort = h("select", { "aria-label": "Order", onchange: () => room.order(sort.value) },
    ...Object.entries(SORTS).map(([name, title]) => h("option", { value: name }, title)));
  const who = h("input", { type: "text", class: "lr-name", "aria-label": "Your name, for decisions and notes", placeholder: "Your name" });
  who.value = room.model.get("who");
  who.addEventListener("change", () => { 
    room.model.set("who", who.value.trim());
    room.model.save_changes();
    if (room.paper !== null) room.show(room.paper);
  });
  const help = h("dl", { class: "lr-help", hidden: true }, ...KEYS.map(([key, does]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does))));
  const button = (title, act) => h("button", { type: "button", onclick: act }, title);
  const parts = {
    search, sort, help, count: h("span", { class: "lr-total", "aria-live": "polite" }), status: h("span", { role: "status", class: "lr-status" }),
    filters: h("div", { class: "lr-filters" }), list: makeList(room), map: makeMap(room), years: makeTimeline(room), paper: makePaper(room),
  };
  room.parts = parts;
  listenToYears(room);
  const head = h("div", { class: "lr-head" }, search, sort, parts.count, who,
    button("Clear", () => room.clear()), button("Code", () => room.ask({ do: "code" })),
    h("button", { type: "button", "aria-expanded": "false", onclick: () => room.help() }, "Keys"));
  parts.keys = head.lastChild;
  const narrowed = h("details", { class: "lr-side", open: innerWidth > 1000 }, h("summary", {}, "Filters"), parts.filters);
  return [head, help, parts.status, h("div", { class: "lr-over" }, parts.map, parts.years),
    h("div", { class: "lr-body" }, narrowed, parts.list, parts.paper)];
}

const ACTIONS = {
  refresh() {
    refilter(this);
    this.at = this.paper === null ? -1 : this.list.indexOf(this.paper);
    const all = this.data.ids.length;
    this.parts.count.textContent = this.list.length === all ? `${all.toLocaleString("en")} papers`
      : `${this.list.length.toLocaleString("en")} of ${all.toLocaleString("en")}`;
    drawFilters(this);
    drawList(this);
    drawMap(this);
    drawTimeline(this);
    this.ask({ do: "select", papers: this.list.map(paper => this.data.ids[paper]), steps: asCode(this) }, true);
  },
  open(at) {
    if (at < 0 || at >= this.list.length) return;
    this.show(this.list[at]);
    scrollTo(this, at);
  },
  show(paper) {
    this.paper = paper;
    this.at = this.list.indexOf(paper);
    this.asking = false;
    if (this.shown?.paper !== this.data.ids[paper]) this.shown = this.pinned = null;
    drawPaper(this);
    this.ask({ do: "paper", paper: this.data.ids[paper], query: this.query });
    drawRows(this);
    drawMap(this);
  },
  search(query) {
    this.query = query;
    if (query) return this.ask({ do: "search", query });
    this.hits = null;
    this.say("");
    this.refresh();
  },
  order(sort) {
    this.sort = this.parts.sort.value = sort;
    if (sort === "next") this.ask({ do: "rank", query: this.query });
    else {
      this.say(`Order: ${SORTS[sort].toLowerCase()}.`);
      this.refresh();
    }
  },
  gather(ids, why, name) {
    this.only = new Map(ids.map((id, rank) => [this.place.get(id), { rank, why: why[rank] ?? "" }]));
    this.sort = this.parts.sort.value = "relevance";
    this.say(`${name}: ${ids.length} papers. Clear (x) shows all.`);
    this.refresh();
  },
  clear() {
    Object.assign(this, { years: null, box: null, only: null, hits: null, query: "" });
    this.parts.search.value = "";
    this.sort = this.parts.sort.value = "date";
    this.decided.clear();
    for (const values of this.chosen.values()) values.clear();
    this.say("All papers are listed.");
    this.refresh();
  },
  help() {
    this.parts.help.hidden = !this.parts.help.hidden;
    this.parts.keys.setAttribute("aria-expanded", String(!this.parts.help.hidden));
  },
  say(text, bad = false) {
    this.parts.status.textContent = text;
    this.parts.status.classList.toggle("lr-bad", bad);
  },
  ask(message, quiet = false) {
    const number = quiet ? 0 : ++this.asked;
    const silent = () => {
      if (this.answered >= number) return;
      this.deciding = null;
      const lost = message.do === "decide" || message.do === "note" ? " This may not be recorded: look again when it does." : "";
      this.say(`Python does not answer: it is busy, or its kernel has ended; then run the cell again.${lost}`, true);
    };
    try {
      this.model.send(message);
      setTimeout(silent, PATIENCE);
    } catch {
      silent(); // the kernel is gone
    }
  },
};

// What Python answers, by `is`.
const ANSWERS = {
  opened(room, data) {
    room.data = { ...data, x: null, y: null };
    room.place = new Map(data.ids.map((id, place) => [id, place]));
    room.chosen = new Map(data.facets.map((_, place) => [place, new Set()]));
    measure(room);
    room.refresh();
    room.say("Placing the papers on the map …");
    room.ask({ do: "place" }, true);
    if (!data.ids.length) room.parts.list.dataset.says = "This review has no papers yet.";
    drawPaper(room);
  },
  placed(room, { x, y }) {
    Object.assign(room.data, { x, y });
    measure(room);
    room.say("");
    drawMap(room);
  },
  found(room, { asked, papers, why, hint }) {
    if (asked.query !== room.query) return; // a later search is on its way
    room.hits = new Map(papers.map((id, rank) => [room.place.get(id), { rank, why: why[rank] }]));
    room.sort = room.parts.sort.value = "relevance";
    room.say(`${papers.length || "No"} ${papers.length === 1 ? "paper has" : "papers have"} what is sought. ${hint}`);
    room.parts.list.scrollTop = 0;
    room.refresh();
  },
  paper(room, answer) {
    room.data.decisions = answer.decided; // another notebook may have added some
    drawRows(room);
    if (answer.paper !== room.data.ids[room.paper]) return;
    room.shown = answer;
    if (room.pin && room.pin !== answer.paper) room.ask({ do: "pin", paper: answer.paper, beside: room.pin });
    else room.pinned = null;
    drawPaper(room);
  },
  pinned(room, answer) {
    room.pinned = answer;
    drawPaper(room);
  },
  noted(room, answer) {
    ANSWERS.paper(room, answer);
    const { title } = answer.fields.find(each => each.name === answer.asked.field);
    room.say(!answer.asked.value.trim() ? `Cleared. ${title} is open again.` : `Noted. ${title}: ${answer.asked.value}`);
  },
  decided(room, { asked, before, decided }) {
    room.data.decisions = decided;
    room.deciding = null;
    if (before) room.undo.push({ paper: asked.paper, ...before });
    else room.undo.pop();
    const here = room.place.get(asked.paper), at = room.at, on = room.paper === here;
    const what = asked.decision ? DECISIONS[asked.decision] + (asked.reason ? ` (${asked.reason})` : "") : "open";
    room.say(`${before ? `${what}.` : `Taken back: ${what}.`} “${room.data.title[here].slice(0, 80)}”: ${Object.keys(decided).length.toLocaleString("en")} of `
      + `${room.data.ids.length.toLocaleString("en")} are decided.${room.model.get("who") ? "" : " No name signs it: write yours at the top."}`);
    room.refresh();
    if (!before || (on && !room.list.length)) room.show(here);
    else if (on) room.open(following(room, at));
    room.again = room.sort === "next"; // what was decided changes the order; the paper that is open stays
    if (room.again) room.ask({ do: "rank", query: room.query }, true);
  },
  ranked(room, { papers, why, text }) {
    room.next = new Map(papers.map((id, rank) => [room.place.get(id), { rank, why: why[rank] }]));
    room.sort = room.parts.sort.value = "next";
    if (!room.again) room.say(text);
    room.again = false;
    room.refresh();
  },
  like(room, { asked, papers, why }) { room.gather([asked.paper, ...papers], ["this paper", ...why], "Papers like this"); },
  shown(room, { papers, name }) { room.gather(papers, [], name); },
  code(room, { text }) {
    navigator.clipboard?.writeText(text).catch(() => {});
    room.say(`Copied, to be pasted into a cell: ${text.replaceAll("\n", "; ")}`);
  },
  selected() {},
  failed(room, { asked, text }) {
    if (asked.do === "decide") room.deciding = null;
    if (asked.do === "rank") room.parts.sort.value = room.sort = "date";
    room.say(text, true);
  },
};

// The place of the paper to read after a decision: of a ranking the first that is open, else the next in the list.
function following(room, at) {
  const open = paper => decisionOf(room, paper) === OPEN;
  if (room.sort === "next") return Math.max(0, room.list.findIndex(open));
  return Math.min(room.at < 0 ? at : room.at + 1, room.list.length - 1); // a filter may have taken the paper out
}

const PRESSED = {
  j: room => room.open(room.at + 1), ArrowDown: room => room.open(room.at + 1),
  k: room => room.open(room.at - 1), ArrowUp: room => room.open(room.at - 1),
  Home: room => room.open(0), End: room => room.open(room.list.length - 1),
  i: room => decide(room, "include"), m: room => decide(room, "maybe"), e: room => decide(room, "exclude"), u: undo,
  n: room => room.parts.paper.querySelector(".lr-note")?.focus(), "/": room => room.parts.search.focus(),
  l: room => room.shown && room.ask({ do: "like", paper: room.shown.paper }),
  s: room => selectSentence(room, 1), S: room => selectSentence(room, -1),
  c: room => room.ask({ do: "control" }),
  p: room => {
    room.pin = room.shown && room.pin !== room.shown.paper ? room.shown.paper : null;
    room.pinned = null;
    room.say(room.pin ? "Pinned. Open another paper to compare." : "No paper is pinned.");
    drawPaper(room);
  },
  t: room => { for (const each of room.parts.paper.querySelectorAll("article details")) each.open = !each.open; },
  x: room => room.clear(), "?": room => room.help(),
};

function pressed(room, event) {
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape") {
    room.asking = false;
    drawPaper(room);
    room.parts.list.focus();
  } else if (typing || event.ctrlKey || event.metaKey || event.altKey || !room.data) return;
  else if (/^[1-9]$/.test(event.key)) {
    const at = Number(event.key) - 1;
    if (!room.asking) code(room, at);
    else if (room.data.reasons[at]) decide(room, "exclude", room.data.reasons[at]);
  } else if (PRESSED[event.key] && (!event.repeat || "jkArrowDownArrowUp".includes(event.key))) {
    if (event.target.matches(".lr-paper") && event.key.startsWith("Arrow")) return; // scrolls the paper
    PRESSED[event.key](room);
  } else return;
  event.preventDefault();
}

function render({ model, el }) {
  const room = {
    ...ACTIONS, model, el, id: `lr-${++rooms}`, data: null, paper: null, at: -1, query: "", sort: "date", asked: 0, answered: 0,
    hits: null, next: null, years: null, box: null, only: null, decided: new Set(), chosen: new Map(), undo: [], deciding: null,
    shown: null, pin: null, pinned: null, asking: false,
  };
  const root = h("section", { class: "lr-room", "aria-label": "Reading room", tabindex: "-1", "data-lm-suppress-shortcuts": "true" }, ...makeParts(room));
  root.style.setProperty("--lr-height", `${model.get("height")}px`);
  root.addEventListener("keydown", event => { pressed(room, event); event.stopPropagation(); });
  el.append(root);
  room.parts.sort.value = "date";
  const hear = message => {
    if (!["selected", "shown", "placed"].includes(message.is)) room.answered = room.asked;
    ANSWERS[message.is]?.(room, message);
  };
  model.on("msg:custom", hear);
  room.say("Opening …");
  room.ask({ do: "open" });
  return () => model.off("msg:custom", hear);
}

export default { render };
