// What waits on this phone (offline.js) is shown where it was done, too, until it is applied: a text in its thread, a
// lead in its new column, an act at its button. A lead that was refused goes back, with why. Never here: what waits, and when it is sent.
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
  const whyNot = (act) => made("p", { className: "small wrong why-not is-pending", textContent: act.why || bar.dataset.unsaid });
  const mark = () => made("span", { className: "chip warn is-pending", textContent: bar.dataset.pending });
  /* Beside the icons of the head there is no room. */
  const inTheHead = (act) => made("p", { className: "in-the-head is-pending" }, Object.assign(mark(), { textContent: `${act.name}: ${bar.dataset.pending}` }));
  const mine = () => JSON.parse(localStorage.getItem("acts") || "[]").filter((act) => act.who === who);
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
  /* A card goes back to where the server had drawn it, once nothing of it waits and something was refused; a board that
     was drawn since has its own place for it. */
  const moved = (act) => [...values(act, "lead"), ...values(act, "to")].map((lead) => lead.split(/[:>]/));
  const cardOf = (id) => document.querySelector(`.lead-card[data-lead="${CSS.escape(id)}"]`);
  const columnOf = (status) => document.querySelector(`.column[data-status="${CSS.escape(status || "")}"] > ol`);
  const put = (card, column) => { if (card && column && !column.contains(card)) column.prepend(card); };
  const onTheBoard = (act) => {
    if (act.address !== "/leads/move") return;
    const status = values(act, "to")[0]?.split(">")[1] || values(act, "status")[0];  // one by its menu, or several
    for (const [id, seen] of moved(act)) {
      const card = cardOf(id), row = document.querySelector(`#choose-${CSS.escape(id)}`)?.closest("tr").querySelector("th");
      if (act.refused) {
        (card || row)?.append(whyNot(act));
        continue;
      }
      if (card) card.dataset.stood ||= seen;
      put(card, columnOf(status));
      (card?.querySelector(".chips") || row)?.append(mark());
    }
  };
  const backOnTheBoard = (acts) => {
    const ofLead = (card) => acts.filter((act) => act.address === "/leads/move" && moved(act).some(([id]) => id === card.dataset.lead));
    for (const card of all("[data-stood]")) {
      const about = ofLead(card);
      if (about.some((act) => !act.refused)) continue;
      if (about.length) put(card, columnOf(card.dataset.seen = card.dataset.stood));
      delete card.dataset.stood;
    }
  };
  /* Of several forms or buttons of one address it is the one that was pressed: it says so by a value that the act bears. */
  const pressedIn = (form, act) => {
    const buttons = [...form.querySelectorAll("button[name]")], status = form.querySelector("input[type=hidden][name=status]");
    if (status && !values(act, "status").includes(status.value)) return [];
    const pressed = buttons.length ? buttons.filter((each) => values(act, each.name).includes(each.value)) : [form.querySelector("button:not([type=button])")];
    return pressed.filter(Boolean);
  };
  /* What was written stands in the thread and is not said beside the box, too; of what was done that one whose undo it is. */
  const atItsButton = (act) => {
    if (act.address === "/leads/move" || /^\/c\/\d+\/(reply|note)$/.test(act.address)) return;
    const at = CSS.escape(act.address), found = all(`form[action="${at}"]`).flatMap((form) => pressedIn(form, act));
    const apart = all(`button[formaction="${at}"]`).filter((each) => !each.name || values(act, each.name).includes(each.value));
    for (const each of [...found, ...apart]) {
      if (each.matches(".talk-acts > form > button")) each.closest(".talk-head").append(inTheHead(act));
      else each.after(mark());
    }
  };

  const show = () => {
    for (const each of all(".is-pending")) each.remove();
    const acts = mine();
    for (const act of acts.filter((each) => !each.refused)) [inItsThread, atItsButton].forEach((place) => place(act));
    acts.forEach(onTheBoard);
    backOnTheBoard(acts);
  };
  for (const moment of ["acts", "htmx:afterSettle"]) document.addEventListener(moment, show);
  window.addEventListener("storage", (event) => { if (event.key === "acts" || event.key === null) show(); });
  show();
})();
