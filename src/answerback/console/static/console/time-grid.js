// Dragging an appointment in the calendar fills and sends the form that the page has anyway; the server decides.
"use strict";
(() => {
  const form = document.getElementById("drag-move");
  const table = document.querySelector(".time-grid");
  if (!form || !table) return;
  table.dataset.on = "";
  let dragged = null;
  const cellOf = (event) => event.target.closest && event.target.closest("td.free");
  table.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[draggable=true]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent);
    dragged.classList.add("dragged");
  });
  table.addEventListener("dragover", (event) => {
    const cell = cellOf(event);
    for (const each of table.querySelectorAll(".over-it")) if (each !== cell) each.classList.remove("over-it");
    if (!cell || !dragged) return;
    event.preventDefault();
    cell.classList.add("over-it");
  });
  table.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    for (const each of table.querySelectorAll(".over-it")) each.classList.remove("over-it");
    dragged = null;
  });
  table.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    if (!cell || !dragged) return;
    event.preventDefault();
    form.action = dragged.dataset.move;
    form.elements.start.value = cell.dataset.start;
    form.elements.member.value = cell.dataset.member || dragged.dataset.member;
    form.elements.seen.value = dragged.dataset.seen;
    form.submit();
  });
})();
