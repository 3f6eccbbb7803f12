/* What replaces a part of a page, or after an act the page, takes nothing away that a person made there: what they
   typed and chose, where they are, what they opened, how far they scrolled. Only a form that was sent and taken gives
   its words away. Never here: what is sent, and what waits for a network (offline.js). */
"use strict";

(() => {
  const STORE = "left-behind", FRESH = 60_000, AT_THE_DOOR = 900_000;
  const FOCUSABLE = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex]";
  const SAYS_NOTHING = new Set(["hidden", "submit", "button", "image", "reset"]);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const who = () => [document.querySelector("[data-offline]")?.dataset.who, document.querySelector("#main")?.dataset.business].join();
  const talk = () => document.querySelector("#talk")?.dataset.conversation;
  const nowhere = () => !document.activeElement || document.activeElement === document.body;

  /* Fields: what was typed or chosen is what differs from what the server wrote. */
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  function fields() {
    const seen = new Map();
    return all("input, textarea, select").filter((each) => !SAYS_NOTHING.has(each.type)).map((each) => {
      const name = [each.form?.getAttribute("action") || "", each.id || each.name, isTick(each) ? each.value : ""].join("\n");
      seen.set(name, (seen.get(name) || 0) + 1);
      return [`${name}\n${seen.get(name)}`, each];
    });
  }

  function isTouched(field) {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.localName !== "select") return field.value !== field.defaultValue;
    const options = [...field.options];
    return options.some((each) => each.defaultSelected) ? options.some((each) => each.selected !== each.defaultSelected) : field.selectedIndex > 0;
  }

  const valueOf = (field) => isTick(field) ? field.checked : field.type === "file" ? field.files
    : field.localName === "select" ? [...field.selectedOptions].map((each) => each.value) : field.value;

  function giveBack(field, value) {
    if (isTick(field)) field.checked = value;
    else if (field.localName === "select") for (const each of field.options) each.selected = value.includes(each.value);
    else if (field.type !== "file") field.value = value;
    else {
      field.files = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /* A place on a page: its own id, else the way to it from what has one. */
  const alike = (parent, tag) => [...parent.children].filter((each) => each.localName === tag);

  function wayTo(element) {
    const way = [];
    for (let at = element; at && at !== document.body && at.parentElement; at = at.parentElement)
      way.unshift({ id: at.id, tag: at.localName, nth: alike(at.parentElement, at.localName).indexOf(at) });
    return way;
  }

  const named = (step) => (step && step.id ? document.getElementById(step.id) : null);

  function follow(way, exactly) {
    let from = way.length - 1;
    while (from >= 0 && !named(way[from])) from -= 1;
    let at = named(way[from]) || document.body;
    for (const step of way.slice(from + 1)) {
      const there = alike(at, step.tag);
      const next = there[exactly ? step.nth : Math.min(step.nth, there.length - 1)];
      if (!next) return exactly ? null : at;
      at = next;
    }
    return at;
  }

  /* Of lists the place of one thing is soon another's: what has no name of its own there is not found again. */
  const again = (way) => (way.some((step, at) => step.tag === "li" && !way.slice(at).some((each) => each.id)) ? null : follow(way, true));

  /* Who stood at what is gone stands at what took its place; in a list at the next one, never at a button of it. */
  function standAt(way) {
    const item = way.findLastIndex((step) => step.tag === "li");
    const gone = item >= 0 && !way.slice(item).some(named);
    const found = follow(gone ? way.slice(0, item + 1) : way, false);
    for (let at = found; at && at !== document.body; at = at.parentElement)
      for (const each of [at, ...all(at === found ? FOCUSABLE : "[tabindex]", at)])  // further up no button that acts
        if (each.matches(FOCUSABLE) && !each.disabled && each.checkVisibility() && stand(each)) return;
    standOnThePage();
  }

  function stand(element) {
    element.focus({ preventScroll: true });
    return document.activeElement === element;
  }

  function isInSight(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  const standOnThePage = () => document.querySelector("#main")?.focus({ preventScroll: true });

  const moved = new Set();
  document.addEventListener("scroll", (event) => { if (event.target !== document) moved.add(event.target); }, true);
  /* What is read in a conversation stands still when something comes before or behind it; whoever is at the newest
     follows. */
  const AT_NEWEST = 40;
  function anchorOf(scroll) {
    if (!scroll.matches("#talk .scroll") || scroll.scrollTop > -AT_NEWEST) return null;  // reversed: 0 is the newest
    const edge = scroll.getBoundingClientRect().top;
    const first = all("#thread > li[id]", scroll).find((each) => each.getBoundingClientRect().bottom > edge);
    return first ? { id: first.id, top: first.getBoundingClientRect().top } : null;
  }

  /* Words that are marked, to be copied say, stay marked where the same words still stand. */
  function markedWords() {
    const { isCollapsed, anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    if (isCollapsed) return null;
    const end = (node, offset) => {
      const of = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      return { way: wayTo(of), nth: [...of.childNodes].indexOf(node), offset };
    };
    return { said: String(getSelection()), ends: [end(anchorNode, anchorOffset), end(focusNode, focusOffset)] };
  }

  function markAgain({ said, ends }) {
    const selection = getSelection();
    if (String(selection) === said) return;  // they stood elsewhere
    const found = ends.map(({ way, nth, offset }) => {
      const of = again(way), node = nth < 0 ? of : of?.childNodes[nth];
      const most = node?.nodeType === Node.ELEMENT_NODE ? node.childNodes.length : node?.length;
      return node && offset <= most ? [node, offset] : null;
    });
    if (!found.every(Boolean)) return;
    selection.setBaseAndExtent(...found.flat());
    if (String(selection) !== said) selection.removeAllRanges();
  }

  const named_in = (details) => wayTo(details.id ? details : details.querySelector("[id]") || details);

  /* Everything there is, before it goes. `sent` is the form whose act it is; what stood in it is marked. */
  function hold(sent, isSame = () => true) {
    const active = document.activeElement;
    for (const each of moved) if (!each.isConnected) moved.delete(each);
    return {
      talk: talk(),
      fields: fields().filter(([, each]) => isTouched(each))
        .map(([name, each]) => ({ name, value: valueOf(each), sent: Boolean(sent) && each.form === sent && isSame(each), secret: each.type === "password" || each.type === "file" })),
      open: all("details[open]").map((each) => ({ way: named_in(each), menu: each.matches(".pop, .menu, .more-sections"), sent: Boolean(sent) && (each.contains(sent) || each.contains(pressed)), talk: Boolean(each.closest("#talk")) })),
      moved: [...moved].filter((each) => !sent?.matches(".reply") || !each.matches("#talk .scroll")).map((each) => ({ way: wayTo(each), anchor: anchorOf(each), top: each.scrollTop, left: each.scrollLeft, sent: Boolean(sent) && each.matches(".filters") && each.contains(sent), talk: Boolean(each.closest("#talk")) })),
      at: nowhere() ? null : wayTo(active),
      seen: Boolean(sent) && !nowhere() && isInSight(active),
      before: before && before.isConnected ? wayTo(before) : null,
      words: sent ? null : markedWords(),
      caret: active && active.selectionStart != null ? [active.selectionStart, active.selectionEnd] : null,
    };
  }

  function restore(kept, isRefused, isNewPage) {
    const isOther = kept.talk !== talk();
    const values = new Map(kept.fields.filter((each) => isRefused || !each.sent).map((each) => [each.name, each.value]));
    for (const [name, field] of fields()) if (values.has(name)) giveBack(field, values.get(name));
    for (const all_of of all("[data-all]")) all_of.checked = all_of.checked && all(`input[name=${all_of.dataset.all}]`).every((each) => each.checked);
    for (const { way, menu, sent, talk: inTalk } of kept.open) {
      const found = (isOther && inTalk) || (sent && !isRefused) || (isNewPage && menu) ? null : again(way);
      const details = found && found.closest("details");
      if (details) details.open = true;
    }
    for (const { way, anchor, top, left, sent, talk: inTalk } of kept.moved) {
      const found = (isOther && inTalk) || (sent && !isRefused) ? null : follow(way, true);  // what was kept stands first
      if (found) found.scrollTo({ top, left, behavior: "instant" });
      const read = found && anchor && document.getElementById(anchor.id);
      if (read) found.scrollBy({ top: read.getBoundingClientRect().top - anchor.top, behavior: "instant" });
    }
    if (kept.at && nowhere()) standAt(kept.before && !named(kept.at.at(-1)) && kept.at.some((step) => step.id === "toasts") ? kept.before : kept.at);
    const field = document.activeElement;
    if (kept.seen && !isNewPage && !nowhere() && !isInSight(field)) field.scrollIntoView({ block: "nearest" });  // something came above it
    if (kept.words && !isNewPage) markAgain(kept.words);
    if (kept.caret && kept.at && named(kept.at.at(-1)) === field && field.setSelectionRange) field.setSelectionRange(...kept.caret);
  }

  let pressed = null;  // it may stand elsewhere than its form, in a menu
  document.addEventListener("submit", (event) => { pressed = event.submitter; }, true);

  /* Where somebody was before they went to what was said to them. */
  let before = null;
  document.addEventListener("focusin", (event) => { if (!event.target.closest("#toasts, dialog, .offline-bar")) before = event.target; });

  /* A part of the page. A section that was loaded by and by is taken along as it stands. */
  let kept = null;
  const LOADED = ["#book"];
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig: asked, xhr, serverResponse, shouldSwap } = event.detail;
    if (!shouldSwap || event.defaultPrevented || event.detail.target.id === "counted") return;  // numbers hold nothing
    const form = asked.verb === "post" && asked.elt.localName === "form" ? asked.elt : null;
    const plain = (value) => String(value).replaceAll("\r\n", "\n");
    const isSame = (field) => isTick(field) || field.localName !== "textarea" && field.type !== "text" || asked.formData.getAll(field.name).some((value) => plain(value) === plain(field.value));
    kept = { ...hold(form, isSame), xhr, isRefused: xhr.status >= 400 || serverResponse.includes('class="toast error"') };
    kept.loaded = LOADED.map((each) => document.querySelector(each)).filter((each) => each && event.detail.target.contains(each) && each !== event.detail.target && !each.contains(form) && each.closest("details").open && !each.querySelector(".skeleton"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!kept || kept.xhr !== event.detail.xhr) return;
    const held = kept;
    kept = null;
    if (held.talk === talk()) for (const each of held.loaded) document.getElementById(each.id)?.replaceWith(each);
    restore(held, held.isRefused, false);
  });

  /* The whole page: after an act, and after a link that was followed by a key. */
  let isGone = false;  // a page that polls finds out before it is left
  function leave(said) {
    if (!isGone) sessionStorage.setItem(STORE, JSON.stringify({ ...said, who: who(), when: Date.now() }));
  }

  /* Who was signed out meanwhile, or owes the second step, is sent to the door, where door.js marks what they left. */
  const withoutSecrets = (held) => ({ ...held, fields: held.fields.filter((each) => !each.secret) });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!/^\/(sign-in|account\/second-step\/)(\?|$)/.test(event.detail.xhr.getResponseHeader("HX-Redirect") || "")) return;
    leave({ kept: withoutSecrets(hold()), path: location.pathname, top: window.scrollY });
  });

  /* Who signs out themselves goes for good: the next one at this browser finds no words of theirs. */
  function leaveNothing() {
    isGone = true;
    for (const each of [STORE, "draft"]) sessionStorage.removeItem(each);
  }

  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post" || form.target) return;
    if (form.getAttribute("action") === "/sign-out") return leaveNothing();
    leave({ kept: withoutSecrets(hold(form)), path: location.pathname, top: window.scrollY });
  });

  window.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.detail > 0 || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    leave({ path: link.pathname, stood: [link.id, talk() && "line-" + talk()].filter(Boolean) });
  });

  function arrive() {
    const left = JSON.parse(sessionStorage.getItem(STORE) || "null");
    sessionStorage.removeItem(STORE);
    if (!left || left.who !== who() || Date.now() - left.when > (left.door ? AT_THE_DOOR : FRESH)) return;
    if (left.kept && left.path === location.pathname) {
      window.scrollTo({ top: left.top, behavior: "instant" });
      restore(left.kept, left.door || Boolean(document.querySelector(".toast.error")), true);
    } else if (left.kept) {
      restore({ ...left.kept, open: [], moved: [], at: null }, false, true);
    } else if (left.path === location.pathname) {
      const found = left.stood.map((id) => document.getElementById(id)).find((each) => each && each.checkVisibility());
      if (found) stand(found);
    } else {
      return;
    }
    if (nowhere() && !location.hash) standOnThePage();
  }
  arrive();
})();
