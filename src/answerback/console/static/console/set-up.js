/* What is typed into a step of the set-up is here again when somebody comes back to it; no secret is kept. The clock of
   the first step is the one of whoever sets up. Every step works without this file. */
"use strict";

(() => {
  const zone = document.querySelector("[data-own-zone]");
  if (zone) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...document.querySelectorAll("#zones option")].some((each) => each.value === own)) zone.value = own;
    return;
  }
  const page = document.querySelector(".set-up");
  if (!page) return;
  const key = `set-up ${page.dataset.business} ${location.pathname}`;
  const KEPT = "form[method=post] :is(input, textarea, select):not([type=hidden], [type=password])";
  const read = () => JSON.parse(localStorage.getItem(key) || "{}");
  const ticked = (field) => field.type === "checkbox";

  document.addEventListener("input", (event) => {
    if (filling || !event.target.matches(`.set-up-main ${KEPT}`)) return;
    const value = ticked(event.target) ? event.target.checked : event.target.value;
    localStorage.setItem(key, JSON.stringify({ ...read(), [event.target.name]: value }));
  });

  let filling = false;
  function fill() {
    const typed = read();
    filling = true;
    for (const field of page.querySelectorAll(KEPT)) {
      if (!(field.name in typed)) continue;
      if (ticked(field)) field.checked = typed[field.name];
      else if (field.type === "radio") field.checked = field.value === typed[field.name];
      else field.value = typed[field.name];
      const folded = field.closest("details");
      if (folded) folded.open = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    filling = false;
  }

  /* What this form held is kept at the server; what was typed into another of the step still waits. */
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    const typed = read();
    for (const field of event.detail.elt.closest("form")?.elements ?? []) delete typed[field.name];
    localStorage.setItem(key, JSON.stringify(typed));
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.matches(".set-up-main")) fill(); });
  fill();
})();
