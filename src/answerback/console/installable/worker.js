// Shows a shell while there is no network, and alerts while the console is closed. Pages are never kept: they hold
// customers, and phones get lost.
importScripts("AWAY");
const SHELL = ["SHELL"];
const CACHE = KEPT + SHELL.join().length;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

// A form comes back to the page it stood on, which keeps what could not be sent: loaded again there, nothing is sent
// twice.
async function shell(request, status = 200) {
  if (request.method !== "GET" && request.referrer.startsWith(self.location.origin)) return Response.redirect(request.referrer, 303);
  const kept = await caches.match(SHELL[0]);
  return new Response(kept.body, { status, headers: kept.headers });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" && request.mode !== "navigate") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).then((answer) => (isElsewhere(answer.status, answer.headers.get("Content-Security-Policy")) ? shell(request, answer.status) : answer), () => shell(request)));
  } else if (SHELL.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  }
});

self.addEventListener("push", (event) => {
  if (!event.data) return;
  const { title, body, link, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { link }, icon: "ICON", badge: "ICON" }));
});

// A tap opens what the alert is about: in the window that shows it, else in one where nothing half written would be lost,
// else in a new one.
const LISTS = /^\/(inbox|todos|leads|calls|find|c\/\d+)?$/;

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { pathname } = new URL(event.notification.data.link, self.location.origin);
  const at = (open) => new URL(open.url).pathname;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then(async (every) => {
    const open = every.find((each) => at(each) === pathname) || every.find((each) => LISTS.test(at(each)));
    if (!open) return self.clients.openWindow(self.location.origin + pathname);
    await open.focus().catch(() => {});
    return at(open) === pathname ? open : open.navigate(self.location.origin + pathname);
  }));
});
