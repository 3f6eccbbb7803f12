// Acts made without a network wait on the phone, are shown as waiting, and are sent once there is one again.
// Each bears a key of its own (`once`), so that the server does it once, however often it arrives.
(() => {
  const ACTS = /^\/((c|todos|pages|diary)\/\d+\/|leads\/move$|contacts\/\d+\/(name|people)|diary\/own(\/\d+)?$)/;
  const STORE = "acts";
  const held = () => JSON.parse(localStorage.getItem(STORE) || "[]");
  const hold = (acts) => { localStorage.setItem(STORE, JSON.stringify(acts)); show(); };
  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const words = document.querySelector("[data-offline]")?.dataset || {};
  let sending = false;

  const show = () => {
    const bar = document.querySelector("[data-offline]");
    if (!bar) return;
    const acts = held();
    bar.hidden = acts.length === 0 && navigator.onLine;
    const refused = acts.filter((act) => act.refused).length;
    const parts = [];
    if (!navigator.onLine) parts.push(words.none);
    if (acts.length - refused) parts.push(words.waiting.replace("NUMBER", acts.length - refused));
    if (refused) parts.push(words.refused.replace("NUMBER", refused));
    bar.querySelector("[data-says]").textContent = parts.join(" ");
    const list = bar.querySelector("[data-acts]");
    list.replaceChildren(...acts.map((act) => {
      const line = document.createElement("li");
      line.textContent = act.label + (act.refused ? " ✕" : " …");
      return line;
    }));
    bar.querySelector("[data-drop]").hidden = refused === 0;
  };

  const queue = (address, entries, label) => {
    const body = entries.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "once");
    hold([...held(), { key: key(), address, body, label }]);
  };

  const send = async () => {
    if (sending || !navigator.onLine) return;
    sending = true;
    let done = 0;
    try {
      for (const act of held().filter((each) => !each.refused)) {
        const body = new URLSearchParams(act.body);
        body.set("once", act.key);
        body.set("csrfmiddlewaretoken", token());
        const answer = await fetch(act.address, { method: "POST", body, credentials: "same-origin" });
        if (answer.redirected && new URL(answer.url).pathname === "/sign-in") break;
        if (answer.status >= 500 || (answer.status === 409 && answer.headers.get("Content-Type").startsWith("text/plain"))) break;
        const others = held().filter((each) => each.key !== act.key);
        hold(answer.ok ? others : [...others, { ...act, refused: true }]);
        done += answer.ok ? 1 : 0;
      }
    } catch { /* the network is gone again: they keep waiting */ }
    sending = false;
    const typed = [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
    if (done && !typed) location.reload();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const address = new URL(event.submitter?.getAttribute("formaction") || form.getAttribute("action") || "", location.href).pathname;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || !ACTS.test(address) || form.hasAttribute("hx-post")) return;
    const label = (event.submitter?.innerText || form.dataset.label || form.innerText || address).trim().split("\n")[0];
    if (navigator.onLine) {
      if (!form.elements.once) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: "once", value: key() });
        form.append(field);
      }
      return;
    }
    event.preventDefault();
    queue(address, [...new FormData(form, event.submitter).entries()], label);
    form.classList.add("waits-for-network");
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { verb, path, parameters } = event.detail.requestConfig;
    if (navigator.onLine || verb !== "post" || !ACTS.test(path)) return;
    event.preventDefault();
    queue(path, Object.entries(parameters), (event.detail.elt.innerText || path).trim().split("\n")[0]);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-drop]")) hold(held().filter((act) => !act.refused));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("input[name=once]").forEach((field) => field.remove());
  });
  window.addEventListener("online", () => { show(); send(); });
  window.addEventListener("offline", show);
  show();
  send();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
})();
