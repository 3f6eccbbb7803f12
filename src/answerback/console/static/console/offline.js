// Acts made without a network wait on the phone, are shown as waiting, and are sent once there is one again.
// Each bears a key of its own (`once`), so that the server does it once, however often it arrives, and whose it is
// (`who`), so that whoever signs in next on this phone does not send it as theirs.
(() => {
  const ACTS = /^\/((c|todos|pages|diary|notes|texts|plans|money)\/\d+\/|leads\/move$|undo$|contacts\/\d+\/(name|people)|diary\/own(\/\d+)?$)/;
  const NO_ACTS = /^\/c\/\d+\/(here|plain)$/;  // a draft, and what a text would cost: nothing that has to arrive
  const AT_ONCE = /^\/c\/\d+\/connect$/;  // a phone that rings minutes later connects nobody who still wants to be
  const STORE = "acts", LEAVING = "leaving", LAST = "acts-who";
  const AGAIN_AFTER = 30_000;
  const LONGEST = 30_000;  // an act without an answer after this counts as one without a network
  const SOON = 2_000;
  const TELL_AFTER = 3;  // requests in a row: one that is lost is nothing to speak of
  const bar = document.querySelector("[data-offline]");
  const words = bar?.dataset || {};
  if (words.who) localStorage.setItem(LAST, words.who);
  const isDoor = Boolean(words.door);
  const keptAt = self.keptPage;  // what stands here is from then, until there is a network
  // It stands where another page was wanted: no network, whatever the browser says of it.
  const gone = performance.getEntriesByType("navigation")[0];
  const isRefused = gone?.responseStatus >= 500;  // there is a network, and nobody behind it
  const isInstead = !isRefused && document.querySelector("[data-no-network]") && location.pathname !== "/offline";
  const who = words.who || localStorage.getItem(LAST) || "";  // the page without network is nobody's: it was kept before
  const held = () => JSON.parse(localStorage.getItem(STORE) || "[]");
  const hold = (acts) => { localStorage.setItem(STORE, JSON.stringify(acts)); show(); document.dispatchEvent(new Event(STORE)); };
  const mine = () => held().filter((act) => act.who === who);
  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const token = (page) => page.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const path = (address) => new URL(address || "", location.href).pathname;
  const isAct = (address) => ACTS.test(address) && !NO_ACTS.test(address);
  let isBack = false, sending = false, again = 0, giving = 0, tries = 0, unanswered = 0, told = "", tel = null;

  const made_of = (tag, values) => Object.assign(document.createElement(tag), values);
  const typed = (act) => act.typed || act.body.filter(([name, value]) => name === "body" && value).map(([, value]) => value);
  const line = (act) => {
    const item = document.createElement("li");
    item.textContent = act.refused ? `${act.name || act.label} ✕ ${act.why || words.unsaid} ` : `${act.label} …`;  // its words stand below
    if (!act.refused) return item;
    if (act.page) item.append(made_of("a", { href: act.page, textContent: words.look }));
    for (const value of typed(act)) item.append(made_of("blockquote", { textContent: value, dir: "auto" }));
    const does = [["again", words.again], ["forget", words.forget]].map(([name, textContent]) => {
      const button = made_of("button", { type: "button", className: "compact", textContent });
      button.dataset[name] = act.key;
      return button;
    });
    const row = made_of("div", { className: "buttons" });
    row.append(...does);
    item.append(row);
    return item;
  };
  const tell = (what, number = null) => { told = what; tel = number; show(); };

  const show = () => {
    if (!bar) return;
    const acts = mine(), others = held().length - acts.length;
    const refused = acts.filter((act) => act.refused).length;
    const lacks = !navigator.onLine || isInstead && !isBack ? "none" : keptAt && !isBack ? document.documentElement.dataset.lacks : unanswered >= TELL_AFTER ? "away" : "";
    bar.hidden = !keptAt && !held().length && !lacks && !told;
    const parts = [told, keptAt && words.seen.replace("TIME", keptAt)];
    if (lacks) parts.push(words[lacks]);
    if (others) parts.push(words.others.replace("NUMBER", others));
    if (isDoor && acts.length) parts.push(words.door.replace("NUMBER", acts.length));
    else if (refused) parts.push(words.refused.replace("NUMBER", refused));
    if (!isDoor && acts.length - refused) parts.push(words.waiting.replace("NUMBER", acts.length - refused));
    bar.querySelector("[data-says]").textContent = parts.filter(Boolean).join(" ");
    const link = bar.querySelector("[data-tel]");
    link.hidden = !tel;
    if (tel) link.href = tel;
    bar.querySelector("[data-acts]").replaceChildren(...(isDoor ? [] : acts.map(line)));  // a door is before everybody
    bar.querySelector("[data-drop]").hidden = isDoor || refused < 2;  // one has a button of its own
    if (acts.some((act) => act.refused && !act.seen)) bar.querySelector("details").open = true;
    document.documentElement.style.setProperty("--waiting", bar.hidden ? "0px" : bar.querySelector("summary").offsetHeight + 1 + "px");
  };

  /* A text that waits stands in the bar; in its box it would be sent once more. */
  const empty = (act) => {
    const box = document.querySelector(".reply textarea");
    const text = new Map(act.body).get("body");
    if (!box || !text || path(box.form.getAttribute("action")).split("/")[2] !== act.address.split("/")[2]) return;
    if (/^\/c\/\d+\/(reply|note)$/.test(act.address) && text.replaceAll("\r\n", "\n").startsWith(box.value.replaceAll("\r\n", "\n"))) {
      box.value = box.defaultValue = "";
      delete box.dataset.drafts;
    }
  };

  const said = (act) => JSON.stringify(act.body.filter(([name]) => name !== "writing"));  // the same words, written twice
  const about = (act) => act.address.split("/").slice(0, 3).join("/");
  /* A button that is pressed again while its act waits is that act, unless something else was done there since. */
  const isLast = (act) => {
    const before = mine().filter((each) => !each.refused && about(each) === about(act)).at(-1);
    return Boolean(before) && before.address === act.address && (before.pressed || said(before)) === said(act);
  };
  /* What one did to a lead before, and waits, is how it was seen: else one's own act would refuse the next one. */
  const MARK = /^\/c\/(\d+)\/mark$/;
  const marks = ({ address, body }) => {
    const given = new Map(body), id = MARK.exec(address)?.[1], status = given.get("to")?.split(">")[1] || given.get("status");
    if (id) return [[id, status]];
    return address === "/leads/move" && status ? body.filter(([name]) => ["to", "lead"].includes(name)).map(([, value]) => [value.split(":")[0], status]) : [];
  };
  const inTurn = (act) => {
    const stands = new Map(mine().filter((each) => !each.refused).flatMap(marks)), its = marks(act)[0]?.[0];
    if (!its || !stands.size) return act;
    const body = act.body.map(([name, value]) => {
      if (name === "seen") return [name, stands.get(its) ?? value];
      return ["to", "lead"].includes(name) ? [name, value.replace(/^(\d+):(\w*)/, (all, id, seen) => `${id}:${stands.get(id) ?? seen}`)] : [name, value];
    });
    return { ...act, body, pressed: said(act) };
  };
  const queue = (act) => {
    if (!held().some((each) => each.key === act.key) && !isLast(act)) hold([...held(), inTurn(act)]);
    empty(act);
    later();
  };

  const made = (address, entries, label, once) => {
    const body = [...entries].filter(([name, value]) => !["csrfmiddlewaretoken", "once"].includes(name) && !(value instanceof File));
    const text = new Map(body).get("body");
    return { key: once || key(), at: Date.now(), who, address, body, name: label, label: text ? `${label}: ${text.slice(0, 60)}` : label, page: location.pathname + location.search };
  };
  const typedIn = (form) => [...form.querySelectorAll("textarea, input, select")].filter((each) => each.localName === "textarea" ? each.value : each.localName === "input" && !["hidden", "file", "checkbox", "radio", "password", "submit"].includes(each.type) && each.value).map((each) => each.value);
  /* What cannot wait is told at once, with what can be done instead. */
  const cannotWait = (address, entries, form) => {
    if (AT_ONCE.test(address)) tell(words.call, (form?.querySelector("a[href^='tel:']") || form?.closest("li")?.querySelector("a[href^='tel:']") || document.querySelector("#call, #talk-facts a[href^='tel:']"))?.href);
    else if (hasFile(entries)) tell(words.picture);
    else return false;
    return true;
  };
  const hasFile = (entries) => [...entries].some(([, value]) => value instanceof File && value.size);
  /* What is pressed by its key in a menu that is shut is not drawn, and has no `innerText`. */
  const labelOf = (element, address) => ([element?.innerText, element?.textContent, element?.getAttribute("aria-label")].find((each) => each?.trim()) || address).trim().split("\n")[0];

  /* Who is signed in now, and the token of theirs: the page may be older than either, or be the one without network. */
  const door = async () => {
    const answer = await fetch("/", { credentials: "same-origin", signal: AbortSignal.timeout(LONGEST) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { who: page.querySelector("[data-offline]")?.dataset.who || "", token: token(page), fresh: true };
  };
  const post = (act, at) => {
    const body = new URLSearchParams(act.body);
    body.set("once", act.key);
    body.set("csrfmiddlewaretoken", at.token);
    return fetch(act.address, { method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { "Waited-For": at.who }, signal: AbortSignal.timeout(LONGEST) });
  };
  const why = async (answer) => {
    const said = await answer.text();
    if (answer.headers.get("Content-Type")?.startsWith("text/plain")) return said;
    if (answer.status === 404) return words.gone;
    const page = new DOMParser().parseFromString(said, "text/html");
    return [...page.querySelectorAll(".toast.error p, .wrong, [role=alert]")].map((each) => each.textContent.trim()).filter(Boolean).join(" ");
  };
  /* Sent to a door, without a right to be here now, an ill server, or being done already: none of it is an answer. */
  const waits = (answer) => answer.type === "opaqueredirect" || [403, 408, 423, 425, 429].includes(answer.status) || answer.status >= 500;

  /* A restart is over in some seconds, a dead network is not: less and less often. */
  const later = () => {
    clearTimeout(again);
    again = setTimeout(send, Math.min(AGAIN_AFTER, SOON * 2 ** tries));
    tries += 1;
  };

  const isTyped = () => [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

  const send = async () => {
    if (sending || !navigator.onLine || !mine().some((act) => !act.refused)) return;
    sending = true;
    let done = 0;
    try {
      let at = words.who && token(document) ? { who, token: token(document) } : await door();
      for (const act of held().filter((each) => each.who === at.who && !each.refused)) {
        let answer = await post(act, at);
        if (answer.status === 403 && !at.fresh) {
          const now = await door();
          if (now.who !== at.who) break;
          at = now;
          answer = await post(act, at);
        }
        if (answer.status === 425) tries = 0;  // what a page before this one has sent is being done already
        if (keptAt && answer.type === "opaqueredirect") return location.reload();  // to the door, and what is kept is forgotten
        if (waits(answer)) break;
        tries = 0;
        const reason = answer.ok ? "" : await why(answer);
        const others = held().filter((each) => each.key !== act.key);
        hold(answer.ok ? others : [...others, { ...act, refused: true, why: reason }]);
        done += answer.ok ? 1 : 0;
      }
    } catch { /* the network is gone again: they keep waiting */ }
    sending = false;
    if (mine().some((act) => !act.refused)) later();
    if (done && !isTyped()) location.reload();
  };

  /* Before htmx hears of it, which would send it as well. */
  const begun = new Map();
  let before = new WeakMap();  // of a form, what was sent last: the same again is the same act
  document.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    const address = path(by?.getAttribute("formaction") || form.getAttribute("action"));
    if (form.getAttribute("method")?.toLowerCase() !== "post" || !isAct(address)) return;
    const label = form.dataset.label || labelOf(by || form, address);
    const entries = [...new FormData(form, by).entries()];
    told = "";
    tel = null;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (cannotWait(address, entries, form)) return;
      queue({ ...made(address, entries, label, form.elements.once?.value), typed: typedIn(form) });
      form.elements.once?.remove();
      form.classList.add("waits-for-network");
      return;
    }
    if (form.hasAttribute("hx-post")) return;
    form.elements.once?.remove();
    const fresh = made(address, entries, label);
    const sent = before.get(form);
    const act = sent && sent.address === address && said(sent) === said(fresh) ? sent : fresh;
    before.set(form, act);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "once", value: act.key }));
    begun.set(act.key, act);
    act.typed = typedIn(form);
    if (AT_ONCE.test(address)) act.tel = form.querySelector("a[href^='tel:']")?.href;
    if (!hasFile(entries)) sessionStorage.setItem(LEAVING, JSON.stringify(act));
  }, true);
  window.addEventListener("submit", (event) => { if (event.defaultPrevented) sessionStorage.removeItem(LEAVING); });

  /* A browser that says there is a network, and there is none: what htmx could not send waits like the others. */
  const unsent = (event) => {
    const { verb, path: address, formData, elt } = event.detail.requestConfig;
    if (verb !== "post" || !isAct(path(address))) return;
    if (cannotWait(path(address), formData.entries(), elt)) return;
    const once = formData.get("once");
    queue(begun.get(once) || made(path(address), formData.entries(), labelOf(elt, address), once));
    elt.elements?.once?.remove();
    before.delete(elt);
    elt.classList.add("waits-for-network");
  };
  for (const each of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(each, unsent);
  const isNotOurs = (xhr) => isElsewhere(xhr.status, xhr.getResponseHeader("Content-Security-Policy"));
  document.addEventListener("htmx:responseError", (event) => {
    event.detail.isElsewhere = isNotOurs(event.detail.xhr);
    if (event.detail.isElsewhere) unsent(event);
  }, true);  // before the page says what it was told
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, path: address, formData } = event.detail;
    if (verb !== "post" || !isAct(path(address))) return;
    if (!formData.has("once")) formData.set("once", key());
    if (!hasFile(formData.entries())) event.detail.timeout = LONGEST;
  });


  /* A page that hears nothing any more says so: what it shows may be old. */
  const heard = (count) => {
    if (count === unanswered) return;
    unanswered = count;
    show();
  };
  for (const each of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(each, () => heard(unanswered + 1));
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    if (!xhr.status) return;
    if (isNotOurs(xhr)) return heard(unanswered + 1);
    const wasAway = unanswered > 0;
    heard(0);
    if (keptAt && !isBack) giveWay();
    if (!wasAway || !mine().some((act) => !act.refused)) return;
    tries = 0;
    send();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { verb, path: address, formData, elt } = event.detail.requestConfig;
    if (navigator.onLine || verb !== "post" || !isAct(path(address))) return;
    event.preventDefault();
    if (!cannotWait(path(address), formData.entries(), elt)) queue(made(path(address), formData.entries(), labelOf(elt, address)));
  });

  /* A form that left with the page: a page that it led to shows that it arrived. After any other one nobody knows, and
     it is sent once more, under its key. */
  const arrive = (led) => {
    if (isDoor) return;  // it says what became of that, and brings the words back (door.js)
    const act = JSON.parse(sessionStorage.getItem(LEAVING) || "null");
    sessionStorage.removeItem(LEAVING);
    if (!act || led(act)) return;
    if (AT_ONCE.test(act.address)) tell(words.unsure, act.tel);
    else {
      staysHere();
      queue(act);
    }
  };
  /* Its words wait here; the page that they come from gets back only what else was typed there (keeping.js). */
  const staysHere = () => {
    const left = JSON.parse(sessionStorage.getItem("left-behind") || "null");
    if (left?.kept) sessionStorage.setItem("left-behind", JSON.stringify({ ...left, kept: { ...left.kept, fields: left.kept.fields.filter((each) => !each.sent) } }));
  };
  const heading = document.querySelector("[data-server-away]");
  if (heading && isRefused) document.title = heading.textContent = heading.dataset.serverAway;
  arrive((act) => Boolean(words.who) && !keptAt && (gone?.redirectCount > 0 || location.pathname === act.address));

  document.addEventListener("click", (event) => {
    const { again: retried, forget } = event.target.closest("[data-again], [data-forget]")?.dataset || {};
    if (forget) hold(held().filter((act) => act.key !== forget));
    if (retried) {
      hold(held().map((act) => (act.key === retried ? { ...act, refused: false, seen: false, why: "" } : act)));
      send();
    }
    if (event.target.closest("[data-drop]")) hold(held().filter((act) => act.who !== who || !act.refused));
  });
  bar?.querySelector("details").addEventListener("toggle", (event) => {
    if (!event.target.open && mine().some((act) => act.refused && !act.seen)) hold(held().map((act) => (act.who === who && act.refused ? { ...act, seen: true } : act)));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("input[name=once]").forEach((field) => field.remove());
    before = new WeakMap();
    arrive(() => false);
    show();
    send();
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== STORE && event.key !== null) return;
    show();
    giveWay();  // what waited may have been sent in another tab
  });
  // The page without network gives way to the one that was wanted, once there really is one: "online" may come too early.
  const giveWay = async () => {
    if (location.pathname === "/offline") return;  // nothing else was wanted: it would come again and again
    if (!keptAt && !document.querySelector("[data-no-network]") || !navigator.onLine || mine().some((act) => !act.refused)) return;
    try {
      const answer = await fetch("/manifest.webmanifest", { cache: "no-store", signal: AbortSignal.timeout(LONGEST) });
      if (answer.ok && !isTyped()) return location.reload();
      isBack = answer.ok;
      show();
    } catch { /* not yet */ }
    clearTimeout(giving);
    giving = setTimeout(giveWay, 1000);
  };
  window.addEventListener("online", () => {
    tries = unanswered = 0;
    show();
    send();
    giveWay();
  });
  window.addEventListener("offline", show);
  if (held().some((act) => !act.who)) hold(held().map((act) => (act.who ? act : { ...act, who, refused: true })));  // nobody knows whose
  mine().filter((act) => !act.refused).forEach(empty);
  show();
  send();
  giveWay();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
})();
