// Shows the pages seen last while there is no network, else a shell, and alerts while the console is closed. Pages hold
// customers, and phones get lost: few are kept, for a day, on phones alone, and none once whose they are has changed
// (`Page-Of`): another person, nobody (the door), a seat or a role that was lost, a contact who was erased.
importScripts("AWAY");
const SHELL = ["SHELL"];
const CACHE = KEPT + SHELL.join().length;
const PAGES = `pages-${CACHE}`;  // of another release or language they are forgotten with its shell
const OF = "/kept/of", MOST = 30, FOR = 86_400_000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => ![CACHE, PAGES].includes(name)).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

let forgotten = 0;  // what was asked for before then is kept no more, however late it comes
const forget = () => {
  forgotten = Date.now();
  return caches.delete(PAGES);
};
const kept = async () => (await caches.has(PAGES)) && caches.open(PAGES);  // opened it would be there
const age = (page) => Date.now() - Number(page.headers.get("Kept-At"));
const isOver = (page) => !(age(page) >= 0 && age(page) < FOR);

async function prune(pages) {
  const found = [];
  for (const request of await pages.keys()) if (new URL(request.url).pathname !== OF) found.push({ request, page: await pages.match(request) });
  found.sort((one, other) => age(one.page) - age(other.page));
  await Promise.all(found.filter(({ page }, place) => place >= MOST || isOver(page)).map(({ request }) => pages.delete(request)));
}

// What a page was answered decides about those that are kept before it is kept itself.
async function look(request, answer, began) {
  let pages = await kept();
  if (!pages) return;
  const of = answer.headers.get("Page-Of"), was = await pages.match(OF);
  if (of && was && await was.text() !== of) {
    await forget();
    forgotten = of === "nobody" ? forgotten : began - 1;  // this page is of whoever is here now
    pages = of === "nobody" ? null : await caches.open(PAGES);
  }
  if (!pages) return;
  if ([403, 404, 410].includes(answer.status)) await pages.delete(request, { ignoreSearch: true });
  if (of && began > forgotten && answer.headers.has("Keep-Page") && request.method === "GET") {
    const headers = { "Content-Type": answer.headers.get("Content-Type"), "Content-Security-Policy": answer.headers.get("Content-Security-Policy"), "Kept-At": Date.now() };
    await pages.put(OF, new Response(of));
    await pages.put(request.url, new Response(await answer.text(), { headers }));
  }
  await prune(pages);
}

async function seen(request, status) {
  const pages = await kept();
  if (!pages) return null;
  await prune(pages);
  const isTalk = /^\/c\/\d+$/.test(new URL(request.url).pathname);  // the list beside it may be another one
  const page = (await pages.match(request.url)) || (isTalk && await pages.match(request.url, { ignoreSearch: true }));
  if (!page) return null;
  const lacks = status === 200 ? "none" : "away";  // a network, or the server behind it
  const says = `<html data-kept-at="${page.headers.get("Kept-At")}" data-lacks="${lacks}" `;
  return new Response((await page.text()).replace("<html ", says), { headers: page.headers });
}

self.addEventListener("message", (event) => {
  if (event.data.keeps === true) event.waitUntil(caches.open(PAGES));
  if (event.data.keeps === false) event.waitUntil(forget());
});

// A form comes back to the page it stood on, which keeps what could not be sent: loaded again there, nothing is sent
// twice.
async function shell(request, status = 200) {
  const page = request.method === "GET" && await seen(request, status);
  if (page) return page;
  if (request.method !== "GET" && request.referrer.startsWith(self.location.origin)) return Response.redirect(request.referrer, 303);
  const kept = await caches.match(SHELL[0]);
  return new Response(kept.body, { status, headers: kept.headers });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" && request.mode !== "navigate") return;
  if (request.mode === "navigate") {
    const leaves = request.method === "POST" && new URL(request.url).pathname === "/sign-out";
    if (leaves) event.waitUntil(forget());  // whether there is a network or not
    const began = Date.now();
    event.respondWith(fetch(request).then((answer) => {
      if (isElsewhere(answer.status, answer.headers.get("Content-Security-Policy"))) return shell(request, answer.status);
      event.waitUntil(look(request, answer.clone(), began));
      return answer;
    }, () => shell(request)));
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
