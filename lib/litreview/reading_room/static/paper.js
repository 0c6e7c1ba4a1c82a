// The paper: its card with the marks, the decision, and the coding form with the words that it rests on.

const ABSTRACT = ".paper .tags + p";

function makePaper(room) {
  const pane = h("article", { class: "lr-paper", tabindex: "0", "aria-label": "The paper" });
  pane.addEventListener("click", event => {
    const link = event.target.closest("[data-paper]");
    if (link) room.show(Number(link.dataset.paper));
  });
  return pane;
}

function drawPaper(room) {
  const { shown, pinned } = room, pane = room.parts.paper, id = room.data?.ids[room.paper];
  if (!id) return redraw(room, pane, h("p", { class: "lr-hint" }, "Choose a paper in the list."));
  const drafts = pane.dataset.paper === id ? draftsIn(pane) : [], top = pane.dataset.paper === id ? pane.scrollTop : 0;
  pane.dataset.paper = id;
  redraw(room, pane, decisionBar(room), ...(shown ? paperParts(room) : [h("h4", { class: "lr-opening" }, room.data.title[room.paper])]));
  pane.scrollTop = top;
  for (const [input, text] of drafts) if (document.getElementById(input)) document.getElementById(input).value = text;
}

// What the reader has typed and not yet confirmed, by the id of its place.
function draftsIn(pane) {
  return [...pane.querySelectorAll("input, textarea")].filter(each => each.value !== each.dataset.was).map(each => [each.id, each.value]);
}

function keepWas(input, value) {
  input.value = input.dataset.was = value;
  if (input.value !== value) input.dataset.was = input.value; // an input of one line drops line breaks
}

function paperParts(room) {
  const { shown, pinned } = room;
  const card = h("div", { class: "papers" });
  card.innerHTML = shown.html; // made by the library, which escapes all that comes from the paper
  const article = card.querySelector("article.paper");
  article.querySelector("[id]")?.removeAttribute("id");
  const answer = shown.answer ? h("p", { class: "lr-answer" }, h("b", {}, "Answers the search: "), `“${shown.answer}”`) : "";
  const near = shown.near.filter(each => room.place.has(each.paper_id)).map(each => h("li", {},
    h("button", { type: "button", class: "lr-link", "data-paper": room.place.get(each.paper_id) },
      room.data.title[room.place.get(each.paper_id)]), each.shared ? ` (both say ${each.shared})` : ""));
  const nearest = near.length ? h("details", {}, h("summary", {}, "Nearest papers"), h("ul", {}, ...near)) : "";
  const beside = pinned ? h("section", { class: "lr-pinned", "aria-label": "Compared with the pinned paper" }) : "";
  if (pinned) beside.innerHTML = pinned.html; // as above
  return [answer, beside, article, nearest, codingForm(room)];
}

function decisionBar(room) {
  const decisions = room.shown?.decisions ?? [], mine = decisions.find(each => each.who === room.model.get("who"));
  const now = mine?.decision ?? "";
  const buttons = [["include", "i"], ["maybe", "m"], ["exclude", "e"]].map(([name, key]) => h("button", {
    type: "button", class: `lr-decide lr-${name}`, "aria-pressed": String(now === name), "aria-keyshortcuts": key,
    onclick: () => decide(room, name),
  }, { include: "Include", maybe: "Maybe", exclude: "Exclude" }[name], h("kbd", {}, key)));
  const note = h("input", { type: "text", id: `${room.id}-note`, class: "lr-note", "aria-label": "Note on this decision", placeholder: "Note (n)" });
  keepWas(note, mine?.note ?? "");
  note.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    room.parts.list.focus();
    if (now) decide(room, now, mine.reason, note.value);
    else room.say("Now i, m or e: the note goes with the decision.");
  });
  // What others decided is told after the reader has decided, who reads for herself.
  const said = decisions.filter(() => mine || !room.model.get("who")).map(each => [each.who || "Somebody", each.decision, each.reason].filter(Boolean).join(", "));
  return h("div", { class: "lr-bar-of-decision" }, ...buttons, note, h("span", { class: "lr-who" }, said.join("; ")),
    room.asking ? reasons(room) : "");
}

// Why it is excluded: a key a reason.
function reasons(room) {
  return h("fieldset", { class: "lr-reasons" }, h("legend", {}, "Why is it excluded?"), ...room.data.reasons.map((reason, at) =>
    h("button", { type: "button", onclick: () => decide(room, "exclude", reason) }, h("kbd", {}, String(at + 1)), reason)));
}

function decide(room, decision, reason = "", note = room.parts.paper.querySelector(".lr-note")?.value ?? "") {
  const id = room.data.ids[room.paper];
  if (room.paper === null || room.deciding === id) return; // a key that was pressed twice counts once
  if (decision === "exclude" && !reason) {
    room.asking = true;
    drawPaper(room);
    room.parts.paper.querySelector(".lr-reasons button")?.focus();
    return;
  }
  room.asking = false;
  room.deciding = id;
  room.ask({ do: "decide", paper: id, decision, reason, note, rank_shown: room.at + 1 });
}

function undo(room) {
  const last = room.undo.at(-1);
  if (!last) return room.say("Nothing to undo.");
  if (room.deciding === last.paper) return;
  room.deciding = last.paper;
  room.ask({ do: "decide", ...last, back: true });
}

function codingForm(room) {
  const rows = room.shown.fields.map((field, at) => {
    const id = `${room.id}-field-${at}`;
    const list = field.answers.length ? h("datalist", { id: `${id}-answers` }, ...field.answers.map(each => h("option", { value: each }))) : "";
    const value = field.answers.length ? h("input", { type: "text", id, list: `${id}-answers`, title: field.question })
      : h("textarea", { id, rows: 1, title: field.question });
    keepWas(value, field.value);
    const words = { quote: field.quote, section: room.shown.abstract.includes(field.quote) ? "abstract" : "title", ...field.words };
    const keep = given => {
      if (!given) value.value = value.dataset.was;
      room.ask({ do: "note", paper: room.shown.paper, field: field.name, value: given, ...words });
    };
    value.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      room.parts.paper.focus(); // the next number is a key again
      keep(value.value);
    });
    const state = !field.value ? "" : field.who === room.data.suggested ? "suggested" : `by ${field.who || "nobody named"}`;
    return h("div", { class: `lr-field ${field.who === room.data.suggested ? "lr-suggested" : ""}` },
      h("label", { for: id }, at < 9 ? h("kbd", {}, String(at + 1)) : "", field.title), value, list,
      h("button", { type: "button", id: `${id}-confirm`, onclick: () => keep(value.value), "aria-label": `Confirm ${field.title}` }, "Confirm"),
      field.value && state !== "suggested"
        ? h("button", { type: "button", id: `${id}-clear`, onclick: () => keep(""), "aria-label": `Clear ${field.title}` }, "Clear") : "",
      h("small", {}, state, field.quote && field.quote !== field.value ? ` “${field.quote}”` : ""));
  });
  return rows.length ? h("section", { class: "lr-coding" }, h("h5", {}, "Coding"),
    h("p", { class: "lr-hint" }, "Select words in the title or abstract (s takes the next sentence) and press the number of a field."), ...rows) : "";
}

// The words that are selected, and whether they are of the title or of the abstract.
function selectedWords(room) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0), pane = room.parts.paper;
  for (const [section, part] of [["title", pane.querySelector(".paper h4")], ["abstract", pane.querySelector(ABSTRACT)]]) {
    if (!part?.contains(range.startContainer) || !part.contains(range.endContainer)) continue;
    const before = range.cloneRange(), text = part.textContent;
    before.selectNodeContents(part);
    before.setEnd(range.startContainer, range.startOffset);
    let [from, to] = [before.toString().length, before.toString().length + range.toString().length];
    while (/\w/.test(text[from - 1] ?? "") && /\w/.test(text[from])) from--; // whole words, also where half was caught
    while (/\w/.test(text[to] ?? "") && /\w/.test(text[to - 1])) to++;
    const quote = text.slice(from, to).trim();
    return quote ? { section, quote } : null;
  }
  return null;
}

function code(room, at) {
  const field = room.shown?.fields[at], words = selectedWords(room);
  if (!field) return;
  if (words && field.answers.length) {
    field.words = words;
    field.quote = words.quote;
    drawPaper(room);
    room.say(`${field.title}: choose the answer that these words give, and press Enter.`);
  }
  if (!words || field.answers.length) return document.getElementById(`${room.id}-field-${at}`)?.focus();
  room.ask({ do: "note", paper: room.shown.paper, field: field.name, value: words.quote, ...words });
}

// Selects the next sentence of the abstract, or the one before, so that it can be coded without a mouse.
function selectSentence(room, step) {
  const part = room.parts.paper.querySelector(ABSTRACT);
  if (!part || !room.shown?.abstract) return room.say("No abstract was found, so there is no sentence to select.");
  const sentences = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(part.textContent)];
  const selection = window.getSelection(), now = selectedWords(room);
  const at = now?.section === "abstract" ? sentences.findIndex(each => each.index + each.segment.length > room.from) : step > 0 ? -1 : 0;
  const { segment, index } = sentences.at((at + step) % sentences.length);
  const range = document.createRange();
  room.from = index;
  range.setStart(...place(part, index));
  range.setEnd(...place(part, index + segment.trimEnd().length));
  selection.removeAllRanges();
  selection.addRange(range);
  range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  room.say(`Sentence ${sentences.findIndex(each => each.index === index) + 1} of ${sentences.length}: ${segment.trim()}`);
}

// The text node, and the place in it, of a letter of an element.
function place(part, at) {
  const nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let node = nodes.nextNode();
  while (node.length < at) {
    at -= node.length;
    node = nodes.nextNode();
  }
  return [node, at];
}
