{% load static %}// Keeps the form of a visit and its files on the phone: the network first, what was kept where there is none.
"use strict";
const KEPT = "visit-forms";
const FILES = [{% for file in files %}"{% static file %}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isForm = (address) => /^\/desk\/visits\/\d+\/form\/$/.test(address.pathname);

async function fromNetworkFirst(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) { await cache.put(request.url, answer.clone()); }
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept) { return kept; }
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (isForm(address) || FILES.includes(address.pathname)) { event.respondWith(fromNetworkFirst(request)); }
});
