/* In several businesses: a tab remembers whose pages it shows. Where another tab has chosen another business, a plain link
   leads into that one; then the page says so before anything can be done in the wrong shop. Only a form, which somebody
   presses, chooses another business; no link does. */
(() => {
  "use strict";
  const main = document.querySelector("#main[data-business]"), dialog = document.querySelector("#other-shop");
  if (!main || !dialog) return;
  const KEY = "answerback.business";
  const remember = () => sessionStorage.setItem(KEY, JSON.stringify({ id: main.dataset.business, name: dialog.dataset.name }));
  const remembered = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
  };

  const before = remembered();
  if (before && before.id !== main.dataset.business) {
    for (const place of dialog.querySelectorAll("[data-before]")) place.textContent = place.dataset.before.replace("{name}", before.name);
    dialog.querySelector("[name=business]").value = before.id;
    dialog.showModal();
  }
  remember();
  /* Back shows a page as it was: its links lead where the session is now, so the next page compares with this one. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) remember(); });
  /* An act stays in the business of its page; one that leads to another page is one that chooses a business. */
  document.addEventListener("submit", (event) => { if (event.target.method === "post") sessionStorage.removeItem(KEY); }, true);
  document.addEventListener("htmx:afterSettle", remember);
})();
