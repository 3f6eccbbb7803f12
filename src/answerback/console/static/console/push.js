/* Asks the browser for the address at which its owner can be notified, and sends it along with the form.
   Nobody is asked for permission before they pressed the button. */
"use strict";

(() => {
  const form = document.querySelector("form[data-push]");
  if (!form) return;
  const problem = form.querySelector("[data-push-problem]");
  const chosen = () => form.elements.by.value;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const tell = (words) => { problem.textContent = words; problem.hidden = false; };

  const fit = () => {
    form.querySelector("[data-by]").hidden = chosen() !== "apprise";
    form.querySelector("[data-push-help]").hidden = chosen() !== "push";
    problem.hidden = true;
  };
  form.addEventListener("change", fit);
  fit();

  async function subscribed() {
    const worker = await navigator.serviceWorker.ready;
    const key = bytes(form.dataset.push);
    const held = await worker.pushManager.getSubscription();
    if (held) {
      const same = new Uint8Array(held.options.applicationServerKey || []);
      if (same.length === key.length && same.every((byte, at) => byte === key[at])) return held;
      await held.unsubscribe();
    }
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  form.addEventListener("submit", async (event) => {
    if (chosen() !== "push" || form.elements.endpoint.value) return;
    event.preventDefault();
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
      tell(problem.dataset.unable);
    } else if (await Notification.requestPermission() !== "granted") {
      tell(problem.dataset.refused);
    } else {
      try {
        const { endpoint, keys } = (await subscribed()).toJSON();
        Object.assign(form.elements.endpoint, { value: endpoint });
        Object.assign(form.elements.p256dh, { value: keys.p256dh });
        Object.assign(form.elements.auth, { value: keys.auth });
        form.requestSubmit();
      } catch {
        tell(problem.dataset.unable);
      }
    }
  });
})();
