/* Who was signed out amid something comes back to it: what they left behind there waits while they sign in. */
"use strict";

(() => {
  const STORE = "left-behind", left = JSON.parse(sessionStorage.getItem(STORE) || "null");
  if (!left || !left.kept || !new URLSearchParams(location.search).has("next")) return;
  sessionStorage.setItem(STORE, JSON.stringify({ ...left, door: true, when: Date.now() }));
})();
