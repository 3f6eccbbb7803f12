/* What pages cannot do without a script: keys, the conversation beside its list, snippets, drafts, moving cards.
   Every act goes through a form or a link that is on the page and works without this file. */
"use strict";

(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  /* In a row of links that goes on beyond the screen the current one is in sight, and all of one that a key goes to:
     a browser is content with its edge. */
  for (const row of all(".set-nav, .tabs, .filters")) {
    const here = all("[aria-current]", row).find((each) => each.offsetParent);  // a menu that is closed has one too
    if (here) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
  }
  document.addEventListener("focusin", ({ target }) => { if (target.matches(":focus-visible") && target.closest(".set-nav, .tabs, .filters, .jumps")) target.scrollIntoView({ block: "nearest", inline: "nearest" }); });
  /* Whoever chooses a colour wants it. */
  for (const field of all("[data-ticks]")) field.addEventListener("input", () => (field.form.elements[field.dataset.ticks].checked = true));
  /* What is to be entered elsewhere is copied. `navigator.clipboard` is missing without TLS and may be forbidden, so the
     old way comes first; where no way is open, it stays marked for a person's own keys. */
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]"), field = button?.previousElementSibling;
    if (!button) return;
    field.focus({ preventScroll: true });
    field.select();
    const does = document.execCommand("copy") || await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    if (does) button.focus({ preventScroll: true });
    one("span", button).textContent = does ? button.dataset.copied : button.dataset.marked;
  });
  /* Monday's shifts, on the days until Friday. */
  document.addEventListener("click", (event) => {
    const week = event.target.closest("[data-same-days]")?.closest(".week");
    if (!week) return;
    for (const field of all("[name^=from-0-], [name^=to-0-]", week)) {
      for (let day = 1; day < 5; day++) {
        const same = one(`[name="${field.name.replace("-0-", `-${day}-`)}"]`, week), folded = same.closest("details");
        same.value = field.value;
        if (field.value && folded) folded.open = true;
        same.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  });
  const shown = (element) => Boolean(element && element.offsetParent !== null);

  /* The conversation opens beside the list where both have room; elsewhere the link is followed. */
  const besides = () => shown(one(".desk-list")) && getComputedStyle(one(".desk")).display === "grid";

  /* Whoever goes on before a conversation has come wants the last one: what was asked for before is given up. */
  const opener = document.body.appendChild(Object.assign(document.createElement("div"), { hidden: true }));
  opener.setAttribute("hx-sync", "this:replace");
  let wanted = null;

  function open(link) {
    keepDraft();
    const tab = one(".desk-list .tabs a[aria-current]"), beside = link.closest(".found") ? link.search : tab ? new URL(tab.href).search : "";
    wanted = { id: link.id.replace("line-", ""), address: link.pathname + beside };
    mark();
    one("#talk").setAttribute("aria-busy", "true");
    htmx.ajax("GET", wanted.address, { source: opener, target: "#talk", select: "#talk", swap: "outerHTML show:none" });
  }

  opener.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    event.detail.target = one("#talk");  // an act may have replaced the one of the moment of asking
    if (xhr.status >= 400 || /<[^>]*id="talk"/.test(xhr.response)) return;
    event.preventDefault();
    location.assign(wanted.address);  // signed out, or no network
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.elt !== opener) return;
    here = wanted.address;
    history.pushState({}, "", here);
    document.body.classList.replace("inbox-page", "talk-page");
  });

  /* Who comes to see one text of a conversation sees it. */
  const comeToIt = () => one("#talk .sought")?.scrollIntoView({ block: "center" });
  document.addEventListener("DOMContentLoaded", comeToIt);
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.requestConfig?.elt === opener) comeToIt(); });

  /* What is looked for stands in the address: one that was an inbox's is come back to. */
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.requestConfig?.elt.matches("form.find")) return;
    const asked = one("#lists").dataset.find, talk = one("#talk[data-conversation]"), search = one("form.find").getAttribute("action");
    const address = (talk ? location.pathname : asked ? search : "/inbox") + (asked ? `?${new URLSearchParams({ [talk ? "find" : "q"]: asked })}` : "");
    const goesOn = talk || location.pathname === search;
    here = address;
    history[goesOn ? "replaceState" : "pushState"]({}, "", here);
  });
  for (const end of ["htmx:afterOnLoad", "htmx:sendError", "htmx:timeout"]) opener.addEventListener(end, () => {
    wanted = null;
    mark();
    const keys = held.splice(0);
    if (end === "htmx:afterOnLoad") keys.forEach(again);
  });

  /* After an act the list is that of the tab it was. */
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const { target, history: place } = event.detail, now = new URLSearchParams(location.search);
    const beside = ["tab", "find"].filter((name) => now.get(name)).map((name) => [name, now.get(name)]);
    if (target.id !== "talk" || !beside.length || place.path !== location.pathname) return;
    place.path += "?" + new URLSearchParams(beside);
  });

  /* The answer of an act on a conversation that was left meanwhile is no place to be; what it says is said. */
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const { target, history: place } = event.detail, { title } = document;
    if (target.id !== "talk" || target.isConnected) return;
    Object.assign(place, { type: "replace", path: location.pathname + location.search });
    setTimeout(() => (document.title = title));
  });

  function mark() {
    const current = wanted ? wanted.id : one("#talk") && one("#talk").dataset.conversation;
    for (const line of all(".lines li")) line.classList.toggle("chosen", line.id === "at-" + current);
    const address = wanted ? wanted.address : location.pathname + location.search;
    for (const link of all(".found .lines a")) link.parentElement.classList.toggle("chosen", link.pathname + link.search === address);
    if (!wanted) one("#talk")?.removeAttribute("aria-busy");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".desk-list .lines a");
    if (link && besides() && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      open(link);
    }
    event.target.closest("[data-put-away]")?.closest(".toast").remove();
    const words = event.target.closest("[data-insert]");
    if (words) insert(words);
    for (const menu of all("details.pop[open], details.menu[open], details.more-sections[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });

  /* A menu that would leave the window at its right opens to the left, one that would at its foot upwards. What
     unfolds when it is pressed is brought into sight. */
  document.addEventListener("toggle", (event) => {
    const it = event.target;
    it.classList.remove("above");
    if (it.open && it.matches("details.pop")) staysInside(it);
    if (it.open && it.matches("details.fold") && it.contains(document.activeElement)) it.scrollIntoView({ block: "nearest" });
  }, true);
  function staysInside(menu) {
    const { right, bottom, height } = one(".pop-body", menu).getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    if (right > clientWidth) menu.classList.add("right");
    if (bottom > clientHeight && menu.getBoundingClientRect().top > height) menu.classList.add("above");
  }

  /* Back, past a conversation that was opened beside the list. A link to a place on the page is no other page. */
  let here = location.pathname + location.search;
  window.addEventListener("popstate", () => { if (location.pathname + location.search !== here) location.reload(); });
  document.addEventListener("htmx:afterSettle", () => mark());
  document.addEventListener("DOMContentLoaded", () => mark());

  /* A page that nobody sees asks for news more seldom. */
  const UNSEEN = 5000;
  const UNHEARD = 8000;  // on a line that is dead without a word the browser alone would wait for minutes
  let asked = 0;
  function isEarly() {
    if (document.hidden && Date.now() - asked < UNSEEN) return true;
    asked = Date.now();
    return false;
  }

  /* News that came during an act would take away the form it was sent from, and with it where its answer belongs:
     the whole page was then shown inside the conversation. So news wait. They do too while a menu is open in what
     they would replace, unless it was left so: then it opens again in what comes. */
  const LEFT_OPEN = 10_000;
  let acted = Date.now();
  for (const each of ["pointermove", "pointerdown", "wheel", "keydown"]) addEventListener(each, () => (acted = Date.now()), { capture: true, passive: true });
  const isInUse = (place) => one(".asks", place) || Date.now() - acted < LEFT_OPEN && one("details.pop[open]", place);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const news = event.target.matches("[hx-trigger^=every]");
    if (news && !event.detail.boosted && isEarly()) return event.preventDefault();
    if (news && !event.detail.boosted) event.detail.xhr.timeout = UNHEARD;
    if (news && event.target.closest("details:not([open])")) return event.preventDefault();
    if (news && one("form.htmx-request") && event.target.closest("#talk, #leads")) event.preventDefault();
    if (!news && event.detail.boosted) for (const each of all("#thread, #leads")) htmx.trigger(each, "htmx:abort");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const news = event.detail.requestConfig.elt.matches("[hx-trigger^=every]") && !event.detail.boosted;
    if (dragged || news && (pressed || isAwaited(event.target) || isInUse(event.target))) event.detail.shouldSwap = false;
  });

  /* The app's icon bears how many conversations need somebody, as the inbox says beside its name. */
  let badged = null;
  const badge = () => {
    const needs = one(".sections .count-needs")?.textContent;
    if (!needs || needs === badged) return;
    badged = needs;
    navigator.setAppBadge?.(Number(needs)).catch(() => {});
  };
  for (const moment of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(moment, badge);
  window.addEventListener("submit", (event) => { if (event.target.getAttribute("action") === "/sign-out") navigator.clearAppBadge?.().catch(() => {}); });

  /* News that came before the answer to a press would take the place away where it is to be shown. */
  const awaited = new Map();
  const isAwaited = (place) => [...awaited.values()].some((each) => place.contains(each));
  document.addEventListener("htmx:beforeSend", ({ detail: { xhr, target, boosted, requestConfig } }) => {
    if (requestConfig.elt.matches("[hx-trigger^=every]") && !boosted) return;
    awaited.set(xhr, target);
    xhr.addEventListener("loadend", () => awaited.delete(xhr));
  });

  /* News that came while a button is down would put another in its place, and its going up would do nothing. A click
     follows the finger after a moment. */
  let pressed = false;
  addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) addEventListener(end, () => setTimeout(() => (pressed = false), 50), true);

  /* What failed on the way is said, and the page stays as it is, with what is typed in it. A page that was open for too
     long gets the token with which the same form is taken the next time. The words go with the next press, and a page
     that polls says them once. */
  let known = "";
  const forget = () => one("#went-wrong")?.remove();
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail, token = xhr.getResponseHeader("Fresh-Token"), toasts = one("#toasts");
    if (token) for (const field of all("input[name=csrfmiddlewaretoken]")) field.value = token;
    if (event.detail.isElsewhere || !toasts || !/^text\/plain/.test(xhr.getResponseHeader("Content-Type") || "")) return;
    if (known === xhr.responseText && event.target.matches("[hx-trigger^=every]")) return;
    forget();
    known = xhr.responseText;
    const toast = Object.assign(document.createElement("div"), { id: "went-wrong", className: "toast error" });
    toast.append(Object.assign(document.createElement("p"), { textContent: known }));
    toasts.append(toast);
  });
  document.addEventListener("pointerdown", forget);
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.successful) { known = ""; forget(); } });

  /* A page says whose it is: another tab may have chosen another business since. */
  const ofBusiness = () => (one("#main") || document.body).dataset.business;
  document.addEventListener("htmx:configRequest", (event) => {
    const { headers, formData, triggeringEvent } = event.detail, by = triggeringEvent && triggeringEvent.submitter;
    if (ofBusiness()) headers["At-Business"] = ofBusiness();
    if (by && by.name && !formData.has(by.name)) formData.append(by.name, by.value);  // it stands outside its form
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, business = ofBusiness();
    if (!business || form.method !== "post" || form.elements.at_business) return;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "at_business", value: business }));
  }, true);

  /* An act that is under way says so where it was pressed, and is sent once. */
  document.addEventListener("submit", (event) => {
    const menu = event.submitter?.closest("details.pop");
    if (menu) setTimeout(() => { if (!navigator.onLine || event.target.matches(".waits-for-network")) menu.open = false; });
    if (!event.target.matches(".htmx-request, .leaves")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("htmx:beforeSend", (event) => {
    const form = event.target, by = event.detail.requestConfig.triggeringEvent?.submitter;
    const tell = (isIt) => { const told = one("#under-way"); if (told) told.textContent = isIt ? told.dataset.words : ""; };  // news may have put another in its place
    if (form.localName !== "form") return;
    form.setAttribute("aria-busy", "true");
    by?.classList.add("pressed");
    const telling = setTimeout(() => tell(true), 700);
    event.detail.xhr.addEventListener("loadend", () => {
      clearTimeout(telling);
      tell(false);
      form.removeAttribute("aria-busy");
      by?.classList.remove("pressed");
    });
  });

  /* So does one that leaves with its page; what answers with a file leaves the page where it is. */
  const STAYS = 8000;
  const stay = (form) => {
    form.classList.remove("leaves");
    form.removeAttribute("aria-busy");
    for (const each of all(".pressed", form)) each.classList.remove("pressed");
  };
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target || one(".busy-words", form)) return;
    form.classList.add("leaves");
    form.setAttribute("aria-busy", "true");
    event.submitter?.classList.add("pressed");
    setTimeout(() => stay(form), STAYS);
  });
  addEventListener("pageshow", () => all("form.leaves").forEach(stay));

  /* Whoever reads what is older is told of texts that come. */
  let seen = { ids: new Set() }, newer = 0;
  const isAbove = () => one("#talk .scroll")?.scrollTop < -40;
  function tellNewer() {
    const button = one("#newer"), of = one("#talk")?.dataset.conversation, ids = all("#thread > .bubble.in").map((each) => each.id);
    newer = of === seen.of && isAbove() ? newer + ids.filter((id) => !seen.ids.has(id)).length : 0;
    seen = { of, ids: new Set(ids) };
    if (!button) return;
    button.hidden = !newer;
    one("span", button).textContent = newer ? (newer === 1 ? button.dataset.one : button.dataset.many.replace("%n", newer)) : "";
  }
  for (const moment of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(moment, tellNewer);
  document.addEventListener("scroll", (event) => { if (newer && event.target.matches?.("#talk .scroll") && !isAbove()) tellNewer(); }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#newer")) return;
    one("#talk .scroll").scrollTo({ top: 0 });
    one("#talk .scroll").focus({ preventScroll: true });
  });

  /* What takes long says so, and is sent once. */
  const settle = (form) => { form.removeAttribute("aria-busy"); one(".busy-words", form).hidden = true; };
  document.addEventListener("submit", (event) => {
    const form = event.target, words = one(".busy-words", form);
    if (!words) return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.setAttribute("aria-busy", "true");
    words.hidden = false;
  });
  addEventListener("pageshow", () => all("form[aria-busy]:has(.busy-words)").forEach(settle));

  /* A time beside the box is held in the fold that books: it opens, and stands in sight. */
  document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, target } }) => {
    if (requestConfig.elt.id === "soonest" && target.id === "book") one("#book-fold").open = true;
  });
  document.addEventListener("htmx:afterSettle", ({ target, detail: { requestConfig } }) => {
    if (requestConfig?.elt.id === "soonest" && target.id === "book") target.scrollIntoView({ block: "nearest" });
  });

  /* Words of a snippet go where the cursor is. */
  function insert(button) {
    const box = one("#body");
    const menu = button.closest("details");
    if (menu) menu.open = false;
    box.focus();
    box.setRangeText(button.dataset.insert, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* What is typed is kept at the server as one types; what the last moment typed is sent along when one leaves. */
  /* What is told of a text late, after it was sent, is not to come back as a draft. So it is named, by this tab and by
     how many it has sent before; what is typed while one is under way belongs to the next. */
  /* A tab that was duplicated has the name of the other one: only a page that was left leaves its name behind. */
  const LEFT = "writing-left";
  if (!sessionStorage.getItem(LEFT)) sessionStorage.removeItem("writing");
  sessionStorage.removeItem(LEFT);
  addEventListener("pagehide", () => sessionStorage.setItem(LEFT, "yes"));
  addEventListener("pageshow", () => sessionStorage.removeItem(LEFT));
  const BASE = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const writing = () => {
    const name = sessionStorage.getItem("writing") || `${BASE}.0`;
    sessionStorage.setItem("writing", name);
    return name;
  };
  function nameWriting(form) {
    const [tab, sent] = writing().split(".");
    form.elements.writing.value = writing();
    sessionStorage.setItem("writing", `${tab}.${Number(sent) + 1}`);
  }

  const WRITING = 3000;
  let typed = false;
  let told = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "body") return;
    typed = true;
    delete event.target.dataset.sent;
    event.target.form.elements.writing.value = writing();
    if (Date.now() - told < WRITING) return;  // one event fires only one trigger of htmx: a second one has another name
    told = Date.now();
    htmx.trigger(event.target, "writing");
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".reply")) return;
    typed = false;
    one("#body").dataset.sent = "yes";
    isSent = true;
    nameWriting(event.target);
    sessionStorage.removeItem("draft");
  }, true);

  /* On a slow network the page comes again before its draft has arrived. */
  const draftOf = (box) => box.getAttribute("hx-post") + " " + (one("[data-offline]") || document.body).dataset.who;
  function takeUpDraft() {
    const box = one("#body"), draft = JSON.parse(sessionStorage.getItem("draft") || "null");
    if (!box || !draft || draft.of !== draftOf(box) || Date.now() - draft.at > 60_000 || box.value === draft.value) return;
    box.value = draft.value;
    typed = true;
  }
  /* Of what their tabs hold this one shows its own. Another tab's stands in the box where this one comes anew and has
     nothing, not where it has just sent something: that tab may be open, and one would write on in its words. */
  let isSent = false;
  function showOwn() {
    const box = one("#body[data-drafts]");
    if (!box || box.value !== box.defaultValue) return;
    const own = JSON.parse(box.dataset.drafts)[writing().split(".")[0]] || (isSent ? "" : box.value);
    delete box.dataset.drafts;
    isSent = false;
    if (own !== box.value) box.defaultValue = box.value = box.dataset.told = own;
  }
  document.addEventListener("htmx:afterSwap", showOwn);
  document.addEventListener("DOMContentLoaded", () => { showOwn(); takeUpDraft(); });

  /* What this tab told of its box last: another tab with the same conversation may have told something else since. */
  function toldBefore(box) {
    const before = box.dataset.told ?? box.defaultValue;  // which says to `keeping.js` that something was typed
    box.dataset.told = box.value;
    return before;
  }
  document.addEventListener("htmx:configRequest", (event) => {
    const box = event.detail.elt;
    if (box.id !== "body") return;
    // A moment after the last letter it is told; sent meanwhile, it would come back as a draft.
    if (box.dataset.sent) return event.preventDefault();
    Object.assign(event.detail.parameters, { before: toldBefore(box), writing: writing() });
  });

  /* What has arrived is the server's: words typed on another device since are newer than those of this one. */
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful } }) => {
    if (elt.id !== "body" || !successful || elt.value !== elt.dataset.told) return;
    typed = false;
    sessionStorage.removeItem("draft");
  });

  function keepDraft() {
    const box = one("#body");
    if (!typed || !box) return;
    typed = false;
    sessionStorage.setItem("draft", JSON.stringify({ of: draftOf(box), value: box.value, at: Date.now() }));
    const values = new FormData();
    values.set("before", toldBefore(box));
    values.set("body", box.value);
    values.set("writing", writing());
    values.set("csrfmiddlewaretoken", one("input[name=csrfmiddlewaretoken]", box.form).value);
    navigator.sendBeacon(box.getAttribute("hx-post"), values);
  }
  window.addEventListener("pagehide", keepDraft);
  // Before the page goes: what is sent while it goes may be lost where a service worker stands between.
  document.addEventListener("click", (event) => { if (!event.target.closest(".reply")) keepDraft(); }, true);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepDraft(); });

  /* A card is moved by dragging it, by its menu, or with [ and ] while it has the focus. */
  function move(card, status) {
    const seen = card.dataset.seen, was = one(`.column[data-status="${CSS.escape(seen)}"] > ol`);
    const putBack = () => { card.dataset.seen = seen; if (card.isConnected) was?.prepend(card); };
    const form = one("#move").cloneNode(true);  // each move has its own: the next card is moved before this one is
    form.removeAttribute("id");
    form.elements.once?.remove();
    form.append(...[["lead", `${card.dataset.lead}:${card.dataset.seen}`], ["status", status]].map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
    form.dataset.label = one(".who", card).textContent;
    card.dataset.seen = status;
    card.setAttribute("aria-busy", "true");  // until the answer draws the board anew
    for (const each of all("#toasts .toast.success")) each.remove();  // it is of the card before
    one("#move").after(form);
    htmx.process(form);
    form.addEventListener("htmx:afterRequest", ({ detail: { successful } }) => {
      card.removeAttribute("aria-busy");
      if (!successful && !form.matches(".waits-for-network") && card.dataset.seen === status) putBack();
      setTimeout(() => form.remove());
    });
    form.requestSubmit();
    if (form.matches(".waits-for-network")) { card.removeAttribute("aria-busy"); form.remove(); }
  }

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest(".lead-card") : null;
    if (dragged) { dragged.classList.add("dragged"); event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.lead); }
  });
  document.addEventListener("dragover", (event) => {
    const column = dragged && event.target.closest(".column");
    for (const each of all(".column.over")) if (each !== column) each.classList.remove("over");
    if (column) { event.preventDefault(); column.classList.add("over"); }
  });
  document.addEventListener("drop", (event) => {
    const column = dragged && event.target.closest(".column");
    if (!column) return;
    event.preventDefault();
    if (column !== dragged.closest(".column")) { one("ol", column).prepend(dragged); move(dragged, column.dataset.status); }
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    for (const each of all(".column.over")) each.classList.remove("over");
    dragged = null;
  });

  /* On a phone one column of the board is seen at a time: its link in the row above is marked and kept in sight. News
     leave the board where it was. */
  let boardAt = 0;
  function markColumn() {
    const board = one(".board");
    if (!board) return;
    const edge = board.getBoundingClientRect().left;
    const apart = (column) => Math.abs(column.getBoundingClientRect().left - edge);
    const seen = all(".column", board).sort((a, b) => apart(a) - apart(b))[0];
    for (const link of all(".jumps a")) {
      const current = link.hash === "#column-" + seen.dataset.status;
      if (current === link.hasAttribute("aria-current")) continue;
      link.toggleAttribute("aria-current", current);
      if (current) link.setAttribute("aria-current", "true");
      if (current) link.parentElement.scrollLeft += link.getBoundingClientRect().left - link.parentElement.getBoundingClientRect().left - 12;
    }
    boardAt = board.scrollLeft;
  }
  document.addEventListener("scroll", (event) => { if (event.target.matches && event.target.matches(".board")) markColumn(); }, true);
  document.addEventListener("DOMContentLoaded", markColumn);
  window.addEventListener("resize", markColumn);  // a phone that is turned orders its columns anew
  document.addEventListener("htmx:afterSwap", () => { const board = one(".board"); if (board) { board.scrollLeft = boardAt; markColumn(); } });

  function shift(by) {
    const card = document.activeElement.closest(".lead-card");
    if (!card) return;
    const columns = all(".column");
    const next = columns[columns.indexOf(card.closest(".column")) + by], focused = document.activeElement;
    if (!next) return;
    one("ol", next).prepend(card);
    focused.focus();
    move(card, next.dataset.status);
  }

  /* A picture that could not be sent is told at once: sent along, the server would say the same and it would be gone. */
  function choosePicture(field, input) {
    const file = input.files[0];
    const wrong = !file ? "" : file.size > Number(field.dataset.most) ? field.dataset.large
      : input.accept.split(",").includes(file.type) ? "" : field.dataset.other;
    if (wrong) input.value = "";
    one("#picture-problem").textContent = wrong;
    const isSet = input.files.length > 0, picked = one("#picture-picked");
    field.classList.toggle("is-set", isSet);
    picked.hidden = !isSet;
    one("span", picked).textContent = isSet ? file.name : "";
    tellHeld();
    if (isSet) showPicture(one("canvas", picked), file);
  }
  /* Whoever writes where another has the conversation is told as they begin: asked once they sent it, they had pressed
     twice and chosen the picture twice. */
  function tellHeld() {
    const told = one("#held-told"), isBegun = one("#body").value.trim() || one("#picture")?.files.length;
    const { held, heldBy } = one("#talk-head").dataset;
    const words = isBegun && !one("button[name=sure]") ? held || "" : "";
    if (told.textContent !== words) told.textContent = words;
    one("#held-known").disabled = !words;
    one("#held-known").value = heldBy || "";
  }
  document.addEventListener("input", ({ target }) => { if (target.id === "body") tellHeld(); });
  document.addEventListener("acts", () => { if (one("#body")) tellHeld(); });  // what waits for a network left the box
  // Who has it may change while one writes: of the next one, too, one is told before the text goes in their place.
  document.addEventListener("htmx:oobAfterSwap", ({ target }) => { if (target.id === "talk-head" && one("#body")) { tellHeld(); askAnew(one("#talk-head").dataset.held || ""); } });
  /* Who was asked whether to answer in somebody's place is asked of whoever has it now, and of nobody once none has. */
  function askAnew(words) {
    const asked = one("#held-asked"), button = one("#send[name=sure]");
    if (asked && words) one("span", asked).textContent = words;
    if (button) button.value = one("#talk-head").dataset.heldBy || "";
    if (!asked || words) return;
    asked.remove();
    button?.removeAttribute("name");
    for (const each of all("[data-free]", button)) each.textContent = each.dataset.free;
    tellHeld();
  }
  /* A stop that comes while the page is open leaves notes to be written, and the box says so. */
  const NO_TEXTS = "#talk-stopped > .no-texts";
  document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
    const box = target.id === "talk-stopped" && one("#body");
    if (box) box.placeholder = one(NO_TEXTS) ? box.dataset.note : box.dataset.text;
  });
  /* Drawn, not linked to: a page of ours shows pictures from its own address only. */
  async function showPicture(canvas, file) {
    canvas.width = canvas.height = 0;
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture || one("#picture")?.files[0] !== file) return;
    const scale = Math.min(1, 480 / picture.width, 240 / picture.height);
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  document.addEventListener("click", (event) => {
    const input = event.target.closest("#leave-picture") && one("#picture");
    if (!input) return;
    input.value = "";
    choosePicture(input.closest(".picture-field"), input);
    input.focus();
  });

  document.addEventListener("change", (event) => {
    const field = event.target.closest(".picture-field");
    if (field) choosePicture(field, event.target);
    if (event.target.dataset.all) for (const box of all(`input[name=${event.target.dataset.all}]`)) box.checked = event.target.checked;
    tellChosen();
  });

  /* How many leads are chosen stands where they are chosen, with what can be done with them. With Shift all from the
     one chosen before. */
  const picks = () => all(".leads-table .pick input");
  function tellChosen() {
    const told = one("#how-many"), every = picks(), count = every.filter((each) => each.checked).length;
    if (!told) return;
    told.textContent = count === 0 ? told.dataset.none : count === 1 ? told.dataset.one : told.dataset.many.replace("%n", count);
    one("#all-leads").checked = count > 0 && count === every.length;
    one("#all-leads").indeterminate = count > 0 && count < every.length;
  }
  for (const moment of ["DOMContentLoaded", "pageshow", "htmx:afterSettle"]) addEventListener(moment, tellChosen);
  let chosenBefore = "";
  document.addEventListener("click", (event) => {
    const every = picks(), at = every.indexOf(event.target), before = every.findIndex((each) => each.id === chosenBefore);
    if (event.target.closest("#choose-none")) {
      for (const each of every) each.checked = false;
      tellChosen();
      one("#all-leads").focus();
    }
    if (at < 0) return;
    if (event.shiftKey && before >= 0) for (const each of every.slice(Math.min(at, before), Math.max(at, before))) each.checked = event.target.checked;
    chosenBefore = event.target.id;
    tellChosen();
  });
  /* The lead that has the focus is chosen, or not any more. */
  function choose() {
    const box = one(".pick input", document.activeElement.closest(".leads-table tbody tr") || document.createElement("tr"));
    if (box) box.click();
    return Boolean(box);
  }

  /* Keys. A key does what a button or link on the page does, or nothing. */
  const press = (selector) => { const found = one(selector); if (found) { standAt(found); found.click(); } return Boolean(found); };
  const standAt = (element) => { for (const each of [element, one("#talk .scroll"), one("#main")]) if (each && document.activeElement === document.body) each.focus({ preventScroll: true }); };
  const focus = (selector) => { const found = one(selector); if (found) { found.focus(); found.scrollIntoView({ block: "nearest" }); } };
  const menu = (selector) => {
    const found = one(selector);
    if (!found) return;
    found.open = !found.open;
    const first = found.open ? all(".pop-body button", found).find(shown) : null;
    (first || one("summary", found)).focus();
  };

  /* What is folded away opens with the cursor on what is done there, and is shut by the same key. */
  const fold = (selector, first) => {
    const found = one(selector);
    if (!found) return;
    found.open = !found.open;
    const it = (found.open && one(first, found)) || one("summary", found);
    it.focus();
    it.scrollIntoView({ block: "nearest" });
  };
  /* On Calls a key is for the call that has the focus. */
  const ofCall = (part) => one(part, document.activeElement.closest(".calls > li") || document.createElement("li"));
  function correct() {
    const row = ofCall(".corrects");
    if (!row) return fold("#wrong-fold", "button");
    row.open = !row.open;
    one(row.open ? ".pop-body button" : "summary", row).focus();
  }
  function ask() {
    const why = ofCall(".reason-of") || all("#thread details").pop();
    if (!why) return;
    why.open = !why.open;
    one("summary", why).focus();
    why.scrollIntoView({ block: "nearest" });
  }

  /* Whoever books by keys goes on where they are: the times, then what is to be filled in. */
  document.addEventListener("htmx:afterSettle", ({ target, detail: { requestConfig } }) => {
    const came = requestConfig?.verb === "post" ? "body" : "#book-fold > summary";
    if (target.id !== "book" || !document.activeElement.matches(came)) return;
    const field = all("#book input[required]").find((each) => !each.value);
    (field || one("#book-confirm") || one("#book [name=start]:enabled"))?.focus();
  });

  function step(by) {
    const links = all(".lines a, .needs p a, .slips p a, .board .lead-card a.who, .table tbody th a, .calls .who");
    if (!links.length) return;
    const focused = links.indexOf(document.activeElement);
    const at = focused < 0 ? links.findIndex((link) => link.closest(".chosen")) : focused;
    const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    if (besides() && one("#talk[data-conversation]")) open(next);
  }

  /* A page without a search of its own leads to the inbox's, which finds everything that was said. */
  const FIND = "#find-q";
  function search() {
    const link = all(".sections a").find((each) => each.getAttribute("href") === "/inbox");
    if (shown(one(".search input"))) { focus(".search input"); return one(".search input").select(); }
    if (!link) return;
    keepDraft();
    location.assign(link.href + FIND);
  }
  if (location.hash === FIND) focus(FIND);

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    o: () => { if (!document.activeElement.matches("body, main")) document.activeElement.click(); },
    u: () => press(".talk-head .back"),
    r: () => focus("#body"),
    s: () => menu(".reply .pop"),
    t: () => press("#take-over, #hand-back"),
    e: () => press("#done, #open-again"),
    z: () => menu("#more-acts"),
    a: () => { menu("#more-acts"); focus("#assign-me"); },
    A: () => press("#assign-me"),
    b: () => fold("#book-fold", "[name=start]:enabled, #book-confirm"),
    p: () => fold("#plan-fold", "input:not([type=hidden]), select"),
    c: () => { const it = ofCall(".call-back"); if (it) it.click(); else press("#call"); },
    y: () => press("#called-yes"),
    Y: () => press("#called-no"),
    m: () => focus("#amount"),
    M: () => focus("#reason"),
    q: () => press("#mark-qualified, #mark-open"),
    Q: () => press("#mark-not-served"),
    i: () => one("#picture")?.click(),
    f: () => correct(),
    S: () => fold("#stop-fold", "button"),
    w: () => ask(),
    x: () => choose() || press("[id^=hold-back-]"),
    "[": () => shift(-1),
    "]": () => shift(1),
    "/": () => search(),
    "?": () => { const keys = one("#keys"); if (keys.open) keys.close(); else keys.showModal(); },
  };
  const PLACES = { t: "/", i: "/inbox", l: "/leads", c: "/calls", d: "/diary" };
  let going = 0;

  /* What is open before the page has the keys; a menu is shut by the key that opened it. */
  const OPENS = { z: "#more-acts", a: "#more-acts", s: ".reply .pop", f: ".corrects" };
  function isBehind(key) {
    if (one("dialog[open], :popover-open")) return key !== "?" || !one("#keys[open]");
    const open = all("details.pop[open], details.menu[open], details.more-sections[open]").filter((each) => each.checkVisibility());
    return open.some((each) => !OPENS[key] || !each.matches(OPENS[key]));
  }

  /* Keys that follow one that opens a conversation are meant for it: they wait for it, with the words after an `r`. */
  const held = [];
  const NOW = "jk?";
  function again(key) {
    const field = document.activeElement;
    if (field.id === "body") {
      field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (wanted) {
      held.push(key);
    } else if (!isBehind(key)) {
      single(key);
    }
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.matches("input, textarea, select");
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.id === "body") {
      event.preventDefault();
      press(event.shiftKey || one(NO_TEXTS) ? "#as-note" : "#send");
    } else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !field) {
      if (!isBehind("") && press("#toasts .toast:last-child button[name=undo]")) event.preventDefault();
    } else if (event.key === "Escape") {
      if (field) (one("#talk .scroll") || one("#main")).focus({ preventScroll: true });
      for (const each of all("details.pop[open]")) {
        if (each.contains(document.activeElement)) one("summary", each).focus();
        each.open = false;
      }
    } else if (!field && !event.ctrlKey && !event.metaKey && !event.altKey && !isBehind(event.key)) {
      if (event.repeat && !"jk[]".includes(event.key)) return;
      if (wanted && event.key.length === 1 && (held.length || !NOW.includes(event.key))) held.push(event.key);
      else if (!single(event.key)) return;
      event.preventDefault();
    }
  });

  function single(key) {
    if (Date.now() - going < 1200 && PLACES[key]) {
      going = 0;
      const link = all(".sections a, .thumbs a").find((each) => each.getAttribute("href") === PLACES[key]);
      if (link) link.click();
    } else if (key === "g") {
      going = Date.now();
      return false;
    } else if (/^[1-4]$/.test(key)) {
      const tab = all(".tabs a")[key - 1];
      if (tab) tab.click();
    } else if (KEYS[key]) {
      KEYS[key]();
    } else {
      return false;
    }
    return true;
  }
})();
