/* A page that the service worker kept (worker.js) and shows without a network: since when it is as it is. */
"use strict";

(() => {
  const root = document.documentElement, at = new Date(Number(root.dataset.keptAt));
  const word = (options) => new Intl.DateTimeFormat(root.lang, options).format(at);
  const isToday = at.toDateString() === new Date().toDateString();
  self.keptPage = root.dataset.keptAt ? word({ ...(isToday ? {} : { weekday: "long" }), hour: "numeric", minute: "2-digit" }) : "";
  /* Only a phone keeps them: at a desk others come to the same screen, and there is a network. */
  navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ keeps: matchMedia("(pointer: coarse)").matches }));
})();
