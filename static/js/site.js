// Small improvements only: every page is complete without this file.
(function () {
  "use strict";

  // The error summary takes the focus, so that a screen reader reads it and Enter follows the first link.
  function focusSummary(root) {
    var summary = root.querySelector(".error-summary");
    if (summary) { summary.focus(); }
  }

  // Tabs that do not fit on a phone are moved so that the present one is in sight.
  document.querySelectorAll(".kit-tabs [aria-current]").forEach(function (tab) {
    var row = tab.closest(".kit-tabs");
    row.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - row.offsetLeft - row.clientWidth / 2;
  });

  // A second click on the button that is already sending has no effect. The server refuses it as well.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-again")) { return; }
    if (form.dataset.sent === "1") { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  // Filters marked data-auto send themselves when changed.
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-auto")) { form.requestSubmit(); }
  });

  // "/" puts the cursor in the search box; j and k move between rows of a table marked data-rows; Escape closes the menu.
  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }
  function moveRow(step) {
    var links = Array.prototype.slice.call(document.querySelectorAll("[data-rows] tbody tr a:first-of-type"));
    var rows = links.filter(function (link, index) {
      return index === 0 || link.closest("tr") !== links[index - 1].closest("tr");
    });
    if (!rows.length) { return; }
    var here = rows.findIndex(function (link) { return link.closest("tr").contains(document.activeElement); });
    rows[Math.min(rows.length - 1, Math.max(0, here + step))].focus();
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape" && location.hash === "#desk-nav") { location.hash = "content"; return; }
    if (typing(event.target)) { return; }
    if (event.key === "/") {
      var box = document.querySelector("input[type=search]");
      if (box) { event.preventDefault(); box.focus(); }
    } else if (event.key === "j") { moveRow(1); } else if (event.key === "k") { moveRow(-1); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print]");
    if (button) { event.preventDefault(); window.print(); }
  });

  // The current tab of a row that is wider than a phone is brought into sight.
  document.querySelectorAll(".kit-tabs a[aria-current]").forEach(function (tab) {
    var row = tab.closest(".kit-tabs");
    row.scrollLeft = Math.max(0, tab.offsetLeft - row.offsetLeft - 16);
  });

  document.addEventListener("htmx:afterSwap", function (event) { focusSummary(event.target); });
  focusSummary(document);
})();
