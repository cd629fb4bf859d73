// The form of a visit on a phone: what is typed and photographed is kept in this browser until it was sent, once.
// Without this file, or where the browser keeps nothing, the page is an ordinary form.
(function () {
  "use strict";
  var form = document.querySelector("form[data-visit]");
  if (!form || !window.indexedDB || !window.crypto || !crypto.subtle) { return; }
  var key = form.dataset.visit, photos = form.elements.photos;
  var said = document.querySelector("[data-visit-status]"), list = document.querySelector("[data-visit-photos]");
  var draft = { values: {}, photos: [], ready: false }, sending = false, stored = false;
  // What belongs to the page and not to what was typed; the token is kept, so that a second sending is the same one.
  var OF_PAGE = ["csrfmiddlewaretoken", "digests", "photos", "version_seen"];

  function say(text, serious) {
    said.textContent = text;
    said.className = "notice" + (serious ? " notice-serious" : "");
    said.hidden = !text;
  }

  function store(mode, work) {
    return new Promise(function (resolve, reject) {
      var opening = indexedDB.open("visits", 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore("drafts"); };
      opening.onerror = function () { reject(opening.error); };
      opening.onsuccess = function () {
        var base = opening.result, change = base.transaction("drafts", mode), asked = work(change.objectStore("drafts"));
        change.oncomplete = function () { base.close(); resolve(asked.result); };
        change.onabort = change.onerror = function () { base.close(); reject(change.error); };
      };
    });
  }
  // A full phone keeps nothing: the page says so, and what was typed is sent all the same.
  function keep() {
    return store("readwrite", function (drafts) { return drafts.put(draft, key); }).then(
      function () { stored = true; },
      function () { stored = false; say("本机没有能够保存，请不要关闭本页，有网络时提交。", true); });
  }
  function left(then) { return stored ? "已保存在本机，" + then : "本机没有能够保存，请不要关闭本页，恢复后再次提交。"; }
  function forget() {
    // The page itself goes too: it names the firm.
    if (window.caches) { caches.open("visit-forms").then(function (cache) { cache.delete(location.href); }); }
    return store("readwrite", function (drafts) { return drafts.delete(key); }).catch(function () { return null; });
  }

  function read() {
    new FormData(form).forEach(function (value, name) {
      if (OF_PAGE.indexOf(name) < 0) { draft.values[name] = value; }
    });
  }
  function show() {
    Object.keys(draft.values).forEach(function (name) {
      if (form.elements[name]) { form.elements[name].value = draft.values[name]; }
    });
    list.textContent = "";
    draft.photos.forEach(function (photo, index) {
      var line = document.createElement("li"), drop = document.createElement("button");
      line.textContent = photo.shown + "（" + photo.digest.slice(0, 12) + "）";
      drop.type = "button";
      drop.className = "btn btn-secondary btn-sm";
      drop.textContent = "删除";
      drop.setAttribute("aria-label", "删除照片" + photo.shown);
      drop.addEventListener("click", function () { draft.photos.splice(index, 1); keep().then(show); });
      line.append(" ", drop);
      list.append(line);
    });
    list.hidden = !draft.photos.length;
  }

  // A photo is hashed as it is taken; its digest is its name, since phones call every photo the same.
  async function take(file) {
    var data = await file.arrayBuffer(), bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    var digest = Array.from(bytes, function (each) { return each.toString(16).padStart(2, "0"); }).join("");
    if (draft.photos.some(function (photo) { return photo.digest === digest; })) { return; }
    var ending = (file.name.match(/\.[A-Za-z0-9]+$/) || [".jpg"])[0].toLowerCase();
    draft.photos.push({ name: digest.slice(0, 16) + ending, shown: file.name, digest: digest, type: file.type, data: data });
  }

  function csrf() { return (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || ["", ""])[1]; }
  function filled() {
    var sent = new FormData(), digests = {};
    sent.append("version_seen", form.elements.version_seen.value);
    Object.keys(draft.values).forEach(function (name) { sent.append(name, draft.values[name]); });
    draft.photos.forEach(function (photo) {
      digests[photo.name] = photo.digest;
      sent.append("photos", new File([photo.data], photo.name, { type: photo.type }));
    });
    sent.append("digests", JSON.stringify(digests));
    return sent;
  }

  async function refused(answer) {
    var page = new DOMParser().parseFromString(await answer.text(), "text/html"), told = page.querySelector(".error-summary");
    draft.ready = false;
    await keep();
    say(told ? told.textContent.replace(/\s+/g, " ").trim() : "平台没有接收，请核对后重新提交。", true);
    said.scrollIntoView();
  }

  async function send() {
    if (sending || !draft.ready) { return; }
    if (!navigator.onLine) { say("没有网络，" + left("联网后自动发送。"), !stored); return; }
    sending = true;
    say("正在发送……");
    try {
      var answer = await fetch(location.href, { method: "POST", body: filled(), headers: { "X-CSRFToken": csrf() }, credentials: "same-origin" });
      if (answer.redirected && answer.url.indexOf("/accounts/login/") >= 0) {
        say("登录已经失效。" + left("请重新登录后打开本页，自动发送。"), true);
      } else if (answer.redirected && answer.ok) {
        await forget();
        location.assign(answer.url);
      } else if (answer.status === 403 && !csrf()) {
        say("登录已经失效。" + left("请重新登录后打开本页，自动发送。"), true);
      } else if (answer.status < 500) {
        await refused(answer);
      } else {
        say("平台暂时不能接收，" + left("稍后自动再发。"), true);
      }
    } catch (error) {
      say("没有送达，" + left("联网后自动再发。"), !stored);
    }
    sending = false;
  }

  form.addEventListener("input", function () { read(); draft.ready = false; keep(); });
  photos.addEventListener("change", async function () {
    for (var file of Array.from(photos.files)) { await take(file); }
    photos.value = "";
    read();
    await keep();
    show();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    read();
    draft.ready = true;
    keep().then(send);
  });
  window.addEventListener("online", send);

  store("readonly", function (drafts) { return drafts.get(key); }).then(function (kept) {
    if (kept) { draft = kept; stored = true; show(); say("已恢复保存在本机的内容。"); send(); }
  }, function () { return null; });
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(form.dataset.worker, { scope: "/desk/visits/" }).catch(function () { return null; });
    // The page that registers the worker was fetched before it: it is kept now.
    navigator.serviceWorker.ready.then(function () { return caches.open("visit-forms"); })
      .then(function (cache) { return cache.add(location.href); })
      .then(function () { form.dataset.offline = "1"; }, function () { return null; });
  }
})();
