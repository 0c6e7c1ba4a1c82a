// The paper: its card with the marks, the decision, and the coding form with the words that it rests on.

function makePaper(room) {
  const pane = h("article", { class: "lr-paper", tabindex: "0", "aria-label": "The paper" });
  pane.addEventListener("click", event => {
    const link = event.target.closest("[data-paper]");
    if (link) room.show(Number(link.dataset.paper));
  });
  return pane;
}

function drawPaper(room) {
  const { shown, pinned } = room, pane = room.parts.paper;
  if (!shown) {
    pane.replaceChildren(h("p", { class: "lr-hint" }, "Choose a paper in the list."));
    return;
  }
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
  const focused = pane.contains(document.activeElement) && document.activeElement, top = pane.scrollTop;
  pane.replaceChildren(decisionBar(room), answer, beside, article, nearest, codingForm(room));
  pane.scrollTop = pane.dataset.paper === shown.paper ? top : 0;
  pane.dataset.paper = shown.paper;
  // Keys go on working: the focus stays in the field it was in, or goes back to the list.
  if (focused) (focused.id && document.getElementById(focused.id) || (focused === pane ? pane : room.parts.list)).focus();
}

function decisionBar(room) {
  const { shown } = room, now = decisionOf(room, room.paper);
  const buttons = [["include", "i"], ["maybe", "m"], ["exclude", "e"]].map(([name, key]) => h("button", {
    type: "button", class: `lr-decide lr-${name}`, "aria-pressed": String(now === name), "aria-keyshortcuts": key,
    onclick: () => decide(room, name),
  }, { include: "Include", maybe: "Maybe", exclude: "Exclude" }[name], h("kbd", {}, key)));
  const mine = shown.decisions.at(-1);
  const note = h("input", { type: "text", class: "lr-note", "aria-label": "Note on this decision", placeholder: "Note (n)" });
  note.value = mine?.note ?? "";
  note.addEventListener("keydown", event => {
    if (event.key === "Enter") decide(room, now === OPEN ? "maybe" : now, mine?.reason ?? "", note.value);
  });
  const said = shown.decisions.map(each => [each.who || "Somebody", each.decision, each.reason].filter(Boolean).join(", "));
  return h("div", { class: "lr-bar-of-decision" }, ...buttons, note, h("span", { class: "lr-who" }, said.join("; ")),
    room.asking ? reasons(room) : "");
}

// Why it is excluded: a key a reason.
function reasons(room) {
  return h("fieldset", { class: "lr-reasons" }, h("legend", {}, "Why is it excluded?"), ...room.data.reasons.map((reason, at) =>
    h("button", { type: "button", onclick: () => decide(room, "exclude", reason) }, h("kbd", {}, String(at + 1)), reason)));
}

function decide(room, decision, reason = "", note = room.parts.paper.querySelector(".lr-note")?.value ?? "") {
  if (room.paper === null) return;
  const id = room.data.ids[room.paper], before = room.data.decisions[id] ?? "";
  if (decision === "exclude" && !reason) {
    room.asking = true;
    drawPaper(room);
    room.parts.paper.querySelector(".lr-reasons button")?.focus();
    return;
  }
  room.asking = false;
  room.undo.push({ paper: id, decision: before, reason: room.reason.get(id) ?? "" });
  room.reason.set(id, reason);
  room.ask({ do: "decide", paper: id, decision, reason, note, rank: room.at + 1 });
}

function undo(room) {
  const last = room.undo.pop();
  if (!last) return room.say("Nothing to undo.");
  room.undoing = true;
  room.ask({ do: "decide", paper: last.paper, decision: last.decision, reason: last.reason, note: "", rank: 0 });
}

function codingForm(room) {
  const rows = room.shown.fields.map((field, at) => {
    const id = `${room.id}-field-${at}`;
    const list = field.answers.length ? h("datalist", { id: `${id}-answers` }, ...field.answers.map(each => h("option", { value: each }))) : "";
    const value = field.answers.length ? h("input", { type: "text", id, list: `${id}-answers`, title: field.question })
      : h("textarea", { id, rows: 1, title: field.question });
    value.value = field.value;
    const keep = status => room.ask({
      do: "note", paper: room.shown.paper, field: field.name, value: status === "cleared" ? "" : value.value,
      quote: field.quote, section: room.shown.abstract.includes(field.quote) ? "abstract" : "title", status,
    });
    value.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      keep("confirmed");
    });
    const state = !field.value ? "" : field.who === room.data.suggested ? "suggested" : `by ${field.who || "nobody named"}`;
    return h("div", { class: `lr-field ${field.who === room.data.suggested ? "lr-suggested" : ""}` },
      h("label", { for: id }, at < 9 ? h("kbd", {}, String(at + 1)) : "", field.title), value, list,
      h("button", { type: "button", onclick: () => keep("confirmed"), "aria-label": `Confirm ${field.title}` }, "Confirm"),
      field.value && state !== "suggested"
        ? h("button", { type: "button", onclick: () => keep("cleared"), "aria-label": `Clear ${field.title}` }, "Clear") : "",
      h("small", {}, state, field.quote && field.quote !== field.value ? ` “${field.quote}”` : ""));
  });
  return rows.length ? h("section", { class: "lr-coding" }, h("h5", {}, "Coding"),
    h("p", { class: "lr-hint" }, "Select words in the title or abstract and press the number of a field."), ...rows) : "";
}

// The words that are selected in the title or the abstract, and where they begin.
function selectedWords(room) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0), pane = room.parts.paper;
  for (const [section, part] of [["title", pane.querySelector(".paper h4")], ["abstract", pane.querySelector(".paper .tags + p")]]) {
    if (!part?.contains(range.startContainer) || !part.contains(range.endContainer)) continue;
    const before = range.cloneRange(), text = part.textContent;
    before.selectNodeContents(part);
    before.setEnd(range.startContainer, range.startOffset);
    let [from, to] = [before.toString().length, before.toString().length + range.toString().length];
    while (/\w/.test(text[from - 1] ?? "") && /\w/.test(text[from])) from--; // whole words, also where half was caught
    while (/\w/.test(text[to] ?? "") && /\w/.test(text[to - 1])) to++;
    const quote = text.slice(from, to).trim();
    return quote ? { section, quote, start: [...text.slice(0, text.indexOf(quote, from))].length } : null;
  }
  return null;
}

function code(room, at) {
  const field = room.shown?.fields[at], words = selectedWords(room);
  if (!field) return;
  if (!words) return document.getElementById(`${room.id}-field-${at}`)?.focus();
  room.ask({ do: "note", paper: room.shown.paper, field: field.name, value: words.quote, ...words, status: "confirmed" });
}
