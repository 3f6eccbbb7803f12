/* Who was signed out amid something comes back to it: what they left behind there a moment ago waits while they sign in,
   and no longer. Whoever signs in instead is not shown it (keeping.js). */
"use strict";

/* Each tab is shown the door when its session ends. Who has come in in one of them is let in in the others, too. */
document.addEventListener("visibilitychange", async () => {
  const next = document.querySelector("input[name=next]");
  if (document.hidden || !next) return;
  const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.replace(`${location.pathname}?${new URLSearchParams({ next: next.value })}`);
});

(() => {
  const STORE = "left-behind", FRESH = 60_000, AT_THE_DOOR = 900_000;
  const left = JSON.parse(sessionStorage.getItem(STORE) || "null");
  const age = left ? Date.now() - left.when : 0;
  const forget = () => sessionStorage.removeItem(STORE);
  if (!left?.kept || age > (left.door ? AT_THE_DOOR : FRESH)) return forget();
  if (!left.door) sessionStorage.setItem(STORE, JSON.stringify({ ...left, door: true }));
  setTimeout(forget, AT_THE_DOOR - age);
})();
