// The time that is left until something happens by itself. Without this file the page tells it as of when it was opened.
(function () {
  "use strict";
  var clock = document.querySelector("[data-clock]");
  if (!clock) { return; }
  var end = new Date(clock.dataset.clock).getTime();

  function tick() {
    var left = Math.round((end - Date.now()) / 1000);
    if (left <= 0) {
      clock.textContent = "不到 1 秒";
      window.setTimeout(function () { window.location.reload(); }, 15000);
      return;
    }
    clock.textContent = (left >= 60 ? Math.floor(left / 60) + " 分 " : "") + (left % 60) + " 秒";
    window.setTimeout(tick, 1000);
  }
  tick();
})();
