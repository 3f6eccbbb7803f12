// What waits on this phone (offline.js) is shown where it was done, too, until it is applied: a text in its thread, a
// lead in its new column, an act at its button. Never here: what waits, and when it is sent.
(() => {
  const bar = document.querySelector("[data-offline]");
  if (!bar || bar.dataset.door) return;
  const who = bar.dataset.who || localStorage.getItem("acts-who") || "";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const made = (tag, values, ...inside) => {
    const it = Object.assign(document.createElement(tag), values);
    it.append(...inside);
    return it;
  };
  const mark = () => made("span", { className: "chip warn is-pending", textContent: bar.dataset.pending });
  const waiting = () => JSON.parse(localStorage.getItem("acts") || "[]").filter((act) => act.who === who && !act.refused);
  const values = (act, name) => act.body.filter(([each]) => each === name).map(([, value]) => value);

  const entry = (act, verb) => {
    const words = made("p", { className: "words", dir: "auto", textContent: values(act, "body")[0] || "" });
    const under = made("p", { className: "under" }, mark());
    if (verb === "reply") return made("li", { className: "bubble out queued is-pending" }, words, under);
    if (verb === "note") return made("li", { className: "memo is-pending" }, under, words);
    return made("li", { className: "note is-pending" }, made("p", {}, made("strong", { textContent: act.name }), " ", mark()));
  };
  const inItsThread = (act) => {
    const [, id, verb] = /^\/c\/(\d+)\/([\w-]+)$/.exec(act.address) || [];
    const shown = document.querySelector("#talk[data-conversation]")?.dataset.conversation || /^\/c\/(\d+)$/.exec(location.pathname)?.[1];
    if (id && id === shown) document.querySelector("#thread, [data-waiting-here]")?.append(entry(act, verb));
  };
  const onTheBoard = (act) => {
    if (act.address !== "/leads/move") return;
    const [, status] = values(act, "to")[0]?.split(">") || ["", values(act, "status")[0] || ""];  // one by its menu, or several
    const column = document.querySelector(`.column[data-status="${CSS.escape(status)}"] > ol`);
    for (const lead of [...values(act, "lead"), ...values(act, "to")]) {
      const id = CSS.escape(lead.split(":")[0]);
      const card = document.querySelector(`.lead-card[data-lead="${id}"]`);
      if (card && column && !column.contains(card)) column.prepend(card);
      (card?.querySelector(".chips") || document.querySelector(`#choose-${id}`)?.closest("tr").querySelector("th"))?.append(mark());
    }
  };
  const atItsButton = (act) => all(`li form[action="${CSS.escape(act.address)}"], .banner form[action="${CSS.escape(act.address)}"]`).forEach((form) => form.append(mark()));

  const show = () => {
    for (const each of all(".is-pending")) each.remove();
    for (const act of waiting()) [inItsThread, onTheBoard, atItsButton].forEach((place) => place(act));
  };
  for (const moment of ["acts", "htmx:afterSettle"]) document.addEventListener(moment, show);
  window.addEventListener("storage", (event) => { if (event.key === "acts" || event.key === null) show(); });
  show();
})();
