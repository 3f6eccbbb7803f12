/* What is wrong stands at the top of a page; here it is said beside its field too, and the cursor stands there. It goes
   when something else is typed. Pages say it at the top without this file. */
"use strict";

(() => {
  const SAYS = "field-problem";
  const listed = (field) => (field.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== SAYS);
  let last = null;

  function describe(field, ids) {
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  function clear(field) {
    document.getElementById(SAYS)?.remove();
    field.removeAttribute("aria-invalid");
    describe(field, listed(field));
  }

  /* Where the problem stands in a form the field is that form's: a page may have the same form for each person. */
  function fieldOf(problem) {
    const { beside } = problem.dataset, form = problem.closest("form");
    const fields = [...(form || document).querySelectorAll("input:not([type=hidden]), select, textarea")];
    return fields.find((each) => each.id === beside) || fields.find((each) => each.name === beside);
  }

  function show(field) {
    for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });  // clear of the bars at the top and the bottom
  }

  function say() {
    const problem = document.querySelector("[data-beside]");
    if (problem === last) return;
    for (const each of document.querySelectorAll("[aria-invalid]")) clear(each);
    last = problem;
    if (!problem) return;
    const field = fieldOf(problem);
    if (!field) return;
    const says = problem.innerText.trim();
    if (!listed(field).some((id) => document.getElementById(id)?.innerText.includes(says))) {
      (field.closest("span.field, .span, .trades, .ticks, label") || field).after(Object.assign(document.createElement("p"), { id: SAYS, className: "wrong", textContent: says }));
      describe(field, [...listed(field), SAYS]);
    }
    if (problem.closest("form")) problem.classList.add("unseen");  // it stands right above
    field.setAttribute("aria-invalid", "true");
    show(field);
  }

  document.addEventListener("input", (event) => { if (event.target.matches("[aria-invalid]")) clear(event.target); });
  document.addEventListener("htmx:afterSettle", say);
  say();
  if (!last) [...document.querySelectorAll("[aria-invalid=true]")].slice(0, 1).forEach(show);  // the page says it itself
})();
