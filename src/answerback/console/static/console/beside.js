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

  function say() {
    const problem = document.querySelector("[data-beside]");
    if (problem === last) return;
    for (const each of document.querySelectorAll("[aria-invalid]")) clear(each);
    last = problem;
    if (!problem) return;
    const { beside } = problem.dataset;
    const field = document.getElementById(beside) || [...document.getElementsByName(beside)].find((each) => each.type !== "hidden");
    if (!field) return;
    const says = problem.innerText.trim();
    if (!listed(field).some((id) => document.getElementById(id)?.innerText.includes(says))) {
      (field.closest(".span, .trades") || field).after(Object.assign(document.createElement("p"), { id: SAYS, className: "wrong", textContent: says }));
      describe(field, [...listed(field), SAYS]);
    }
    for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  document.addEventListener("input", (event) => { if (event.target.matches("[aria-invalid]")) clear(event.target); });
  document.addEventListener("htmx:afterSettle", say);
  say();
})();
