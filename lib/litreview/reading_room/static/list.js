// The list of papers: only the rows in sight are in the page, so that ten thousand scroll as a hundred do.

const ROW = 60; // pixels of a row

function makeList(room) {
  const rows = h("div", { class: "lr-rows", role: "presentation" });
  const list = h("div", {
    class: "lr-list", role: "listbox", tabindex: "0", "aria-label": "Papers", id: `${room.id}-list`,
    onscroll: () => drawRows(room),
  }, rows);
  list.addEventListener("click", event => {
    const row = event.target.closest("[data-at]");
    if (row) room.open(Number(row.dataset.at));
  });
  new ResizeObserver(() => room.data && drawRows(room)).observe(list);
  return list;
}

function drawList(room) {
  const { list } = room.parts;
  list.firstChild.style.height = `${room.list.length * ROW}px`;
  list.classList.toggle("lr-empty", !room.list.length);
  drawRows(room);
}

function drawRows(room) {
  const { list } = room.parts;
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 4);
  const last = Math.min(room.list.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + 4);
  const rows = [];
  for (let at = first; at < last; at++) rows.push(rowOf(room, at));
  list.firstChild.replaceChildren(...rows);
  if (room.at >= first && room.at < last) list.setAttribute("aria-activedescendant", `${room.id}-row-${room.at}`);
  else list.removeAttribute("aria-activedescendant");
}

function rowOf(room, at) {
  const paper = room.list[at], decision = decisionOf(room, paper);
  const said = [room.data.who[paper], why(room, paper)].filter(Boolean).join(" · ");
  const badge = decision === OPEN ? "" : h("span", { class: `lr-badge lr-${decision}` }, DECISIONS[decision]);
  return h("div", {
    class: "lr-row", role: "option", id: `${room.id}-row-${at}`, "data-at": at, style: `top:${at * ROW}px`,
    "aria-selected": String(at === room.at), "aria-posinset": at + 1, "aria-setsize": room.list.length,
  }, h("span", { class: "lr-title" }, room.data.title[paper]), h("span", { class: "lr-said" }, badge, said));
}

// Why a paper stands where it does: the words that matched, or those that the model of decisions weighs most.
function why(room, paper) {
  if (room.sort === "next") return room.next?.get(paper)?.why ?? "";
  return (room.hits?.get(paper) ?? room.only?.get(paper))?.why ?? "";
}

function scrollTo(room, at) {
  const { list } = room.parts;
  const top = at * ROW;
  // The row before and the one after stay in sight as well.
  if (top - ROW < list.scrollTop) list.scrollTop = top - ROW;
  else if (top + 2 * ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + 2 * ROW - list.clientHeight;
}
