// Two things that a long form needs: a word before the session ends, and a question before typed text is thrown away.
// Every page is complete without this file; a new record that is sent too late is kept as a draft by the server.
(function () {
  "use strict";

  var WARN_BEFORE = 180;
  var box = document.querySelector("form[data-idle]");

  // --- the session
  if (box) {
    var end;
    var left = box.querySelector("[data-idle-left]");
    var begin = function () { end = Date.now() + Number(box.dataset.idle) * 1000; box.hidden = true; };
    var tick = function () {
      var seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
      if (seconds <= WARN_BEFORE) {
        left.textContent = seconds >= 60 ? Math.ceil(seconds / 60) + " 分钟" : seconds + " 秒";
        box.hidden = false;
      }
      window.setTimeout(tick, 1000);
    };
    box.addEventListener("submit", function (event) {
      event.preventDefault();
      var request = new XMLHttpRequest();
      request.open("POST", box.action);
      request.setRequestHeader("X-CSRFToken", box.elements.csrfmiddlewaretoken.value);
      request.onload = function () { if (request.status === 204) { begin(); } };
      request.send();
    });
    // What htmx asks for is a sign of life to the server as well.
    document.addEventListener("htmx:afterRequest", begin);
    begin();
    tick();
  }

  // --- leaving
  var dirty = null;
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    var typed = event.target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
    if (typed && form && form.method === "post" && form.closest("main") && form !== box) { dirty = form; }
  });
  document.addEventListener("submit", function (event) {
    if (event.target === dirty) { dirty = null; }
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty) { event.preventDefault(); event.returnValue = ""; }
  });
})();
