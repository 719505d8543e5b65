// The worker of this office in the browser: styles and scripts from this device, the pages of the field without a signal.
"use strict";
var SHELL = "payung-{{ version }}", PAGES = "payung-halaman", FIELD = {{ field|safe }}, OPEN = "{{ open }}";

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(SHELL).then(function (kept) { return kept.addAll({{ shell|safe }}); }));
  self.skipWaiting();
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) {
      return name.indexOf("payung-") === 0 && name !== SHELL && name !== PAGES;
    }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

function page(request, path) {
  return fetch(request).then(function (answer) {
    if (answer.ok && !answer.redirected && (FIELD.indexOf(path) >= 0 || path.indexOf(OPEN) === 0)) {
      var copy = answer.clone();
      caches.open(PAGES).then(function (kept) { return kept.put(path, copy); });
    }
    return answer;
  }).catch(function () {
    return caches.open(PAGES).then(function (kept) { return kept.match(path); }).then(function (found) {
      return found || caches.match("{{ offline }}");
    });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.indexOf("{{ static }}") === 0) {
    event.respondWith(caches.match(request).then(function (found) { return found || fetch(request); }));
  } else if (request.mode === "navigate" && !url.search) {
    event.respondWith(page(request, url.pathname));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(function () { return caches.match("{{ offline }}"); }));
  }
});
