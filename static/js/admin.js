// Names for the controls that Django's admin draws without one: searching select boxes, the two parts of a moment, hints;
// and for the cells of a list, which stand under one another on a phone.
(function () {
  "use strict";

  function told(element) {
    var row = element.closest(".form-row, .fieldBox");
    var label = row && row.querySelector("label, legend");
    return label ? label.textContent.replace(/[:：]\s*$/, "").trim() : "";
  }

  function named(element, more) {
    var text = told(element);
    if (!text || element.getAttribute("aria-label")) { return; }
    element.removeAttribute("aria-labelledby");
    element.setAttribute("aria-label", text + (more || ""));
  }

  // The line in which one types to find a choice: inside the box of several choices, or at the page's end when a box has been opened.
  function nameSearches() {
    document.querySelectorAll(".select2-search__field").forEach(function (line) {
      if (!line.getAttribute("aria-label")) { line.setAttribute("aria-label", (told(line) + " 输入文字查找").trim()); }
    });
  }

  function name() {
    document.querySelectorAll(".select2-selection, .select2-selection__rendered[role=textbox]").forEach(function (box) { named(box); });
    nameSearches();
    document.querySelectorAll("input.vDateField").forEach(function (box) { if (!box.labels.length) { named(box, "（日期）"); } });
    document.querySelectorAll("input.vTimeField").forEach(function (box) { if (!box.labels.length) { named(box, "（时间）"); } });
    document.querySelectorAll(".help-tooltip[aria-label]").forEach(function (hint) { hint.setAttribute("role", "img"); });
  }

  function nameCells() {
    var list = document.getElementById("result_list");
    if (!list) { return; }
    var heads = Array.prototype.map.call(list.querySelectorAll("thead th"), function (head) {
      var text = head.querySelector(".text");
      return (text || head).textContent.trim();
    });
    list.querySelectorAll("tbody tr").forEach(function (row) {
      Array.prototype.forEach.call(row.children, function (cell, at) { if (heads[at]) { cell.setAttribute("data-label", heads[at]); } });
    });
    list.classList.add("has-labels");
  }
  nameCells();

  // The select boxes are drawn when jQuery is ready, the lists with hints when the page has loaded; either may be the later one.
  window.addEventListener("load", name);
  if (window.django && window.django.jQuery) {
    window.django.jQuery(name);
    window.django.jQuery(document).on("select2:open", nameSearches);
  }
})();
