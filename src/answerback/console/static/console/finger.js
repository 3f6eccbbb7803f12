/* A finger drags what a mouse drags: held for a moment it is lifted, follows the finger, and is told of as a browser
   tells of a mouse (dragstart, dragover, drop, dragend). Near an edge what scrolls goes on. */
"use strict";

(() => {
  const HELD = 400;  // milliseconds; Chrome's own long press takes 500
  const STEADY = 10;  // pixels: who moves further scrolls
  const EDGE = 40;
  const WIDEST = 260;
  const PACE = 10;  // pixels a frame
  let held = null;

  const at = (event) => [...event.changedTouches].find((each) => each.identifier === held.id);

  function tell(kind, target) {
    const { data, x, y } = held;
    return target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data, clientX: x, clientY: y }));
  }

  const under = () => document.elementFromPoint(held.x, held.y) || document.body;

  function lift() {
    const { what } = held;
    const box = what.getBoundingClientRect();
    tell("dragstart", what);
    const ghost = what.cloneNode(true);
    what.after(ghost);  // there it looks as it does
    for (const each of [ghost, ...ghost.querySelectorAll("[id]")]) each.removeAttribute("id");
    ghost.classList.add("held-up");
    ghost.inert = true;
    const width = Math.min(box.width, WIDEST);
    Object.assign(ghost.style, { width: `${width}px`, height: `${box.height}px` });
    Object.assign(held, { lifted: true, ghost, dx: Math.max(box.left - held.x, EDGE - width), dy: box.top - held.y, board: boardOf(what) });
    held.board?.classList.add("goes-on");
    navigator.vibrate?.(10);
    follow();
    held.frame = requestAnimationFrame(goOn);
  }

  function boardOf(what) {
    for (let each = what.parentElement; each; each = each.parentElement)
      if (each.scrollWidth > each.clientWidth && /auto|scroll/.test(getComputedStyle(each).overflowX)) return each;
    return null;
  }

  function follow() {
    held.ghost.style.translate = `${held.x + held.dx}px ${held.y + held.dy}px`;
    tell("dragover", under());
  }

  const pace = (place, from, to) => (place < from + EDGE ? -PACE : place > to - EDGE ? PACE : 0);

  function goOn() {
    if (!held?.lifted) return;
    const { board, x, y } = held;
    const seen = board?.getBoundingClientRect();
    const sideways = seen ? pace(x, Math.max(seen.left, 0), Math.min(seen.right, innerWidth)) : 0;
    const down = pace(y, 0, innerHeight);
    if (sideways) board.scrollLeft += sideways;
    if (down) scrollBy({ top: down, behavior: "instant" });
    if (sideways || down) follow();
    held.frame = requestAnimationFrame(goOn);
  }

  function end(dropped) {
    if (!held) return;
    clearTimeout(held.timer);
    cancelAnimationFrame(held.frame);
    if (held.lifted) {
      held.ghost.remove();
      held.board?.classList.remove("goes-on");
      const target = under();
      if (dropped && !tell("dragover", target)) tell("drop", target);
      tell("dragend", held.what);
    }
    held = null;
  }

  document.addEventListener("touchstart", (event) => {
    end(false);
    const what = event.target.closest("[draggable=true]");
    if (!what || event.touches.length > 1 || event.target.closest("button, summary, input, select, .pop-body")) return;
    const { identifier, clientX, clientY } = event.changedTouches[0];
    held = { what, id: identifier, x: clientX, y: clientY, data: new DataTransfer(), timer: setTimeout(lift, HELD) };
  }, { passive: true });
  document.addEventListener("touchmove", (event) => {
    const finger = held && at(event);
    if (!finger) return;
    if (!held.lifted) {
      if (Math.hypot(finger.clientX - held.x, finger.clientY - held.y) > STEADY) end(false);
      return;
    }
    event.preventDefault();
    Object.assign(held, { x: finger.clientX, y: finger.clientY });
    follow();
  }, { passive: false });
  document.addEventListener("touchend", (event) => {
    if (held?.lifted) event.preventDefault();  // no link is followed
    end(true);
  }, { passive: false });
  document.addEventListener("touchcancel", () => end(false));
  /* What the browser makes of a long press itself would take the finger away. */
  document.addEventListener("contextmenu", (event) => { if (held) event.preventDefault(); });
  document.addEventListener("dragstart", (event) => {
    if (!held || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
