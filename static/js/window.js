// Keys of the window and a word when the server is away. The page is complete without this file.
(function () {
  "use strict";

  // --- Enter leads to the next thing that is missing, as a scanner ends with Enter; when nothing is, the query is sent.
  var form = document.querySelector("form[data-query]");
  function missing() {
    var fields = form.elements;
    if (!fields.q.value.trim()) { return fields.q; }
    var picks = form.querySelectorAll("input[name=pick]");
    if (picks.length && !form.querySelector("input[name=pick]:checked")) { return picks[0]; }
    if (!fields.purpose.value) { return fields.purpose; }
    if (!fields.authority.value) { return fields.authority; }
    if (fields.authority.value === "own" && !fields.identity_seen.checked) { return fields.identity_seen; }
    if (fields.authority.value === "authorised" && !fields.authorisation.value.trim()) { return fields.authorisation; }
    var needs = form.dataset.cases.split(" ").indexOf(fields.purpose.value) >= 0;
    return needs && !fields.case_number.value.trim() ? fields.case_number : null;
  }
  if (form) {
    form.addEventListener("keydown", function (event) {
      var tag = event.target.tagName;
      if (event.key === "Enter" && !event.isComposing && tag !== "BUTTON" && tag !== "A") {
        event.preventDefault();
        var next = missing();
        if (next) { next.focus(); } else { form.requestSubmit(); }
      }
      // The digits choose among several firms.
      var nth = event.target.name === "pick" && /^[1-9]$/.test(event.key) && form.querySelectorAll("input[name=pick]")[event.key - 1];
      if (nth) { event.preventDefault(); nth.checked = true; nth.focus(); }
    });
    if (form.querySelector("input[name=pick]")) { form.querySelector("input[name=pick]").focus(); }
  }

  // --- one key for what is done most often
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    var target = document.querySelector('[data-key="' + event.key.toLowerCase().replace(/[^a-z]/g, "_") + '"]');
    if (target) { event.preventDefault(); target.click(); }
  });

  // --- the server is away
  var notice = document.querySelector("[data-away]");
  function tell(away) { notice.hidden = !away; }
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", "/healthz");
    request.timeout = 5000;
    request.onload = function () { tell(request.status >= 500); };
    request.onerror = request.ontimeout = function () { tell(true); };
    request.send();
  }
  if (notice) {
    window.setInterval(ask, 15000);
    window.addEventListener("offline", function () { tell(true); });
    window.addEventListener("online", ask);
  }
  if (form && notice) {
    form.addEventListener("submit", function (event) {
      if (!notice.hidden) { event.preventDefault(); ask(); notice.scrollIntoView(); }
    });
  }
})();
