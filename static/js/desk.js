// Keys of the review page and "select all" of lists. Both pages are complete without this file.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-check-all]");
    if (!link) { return; }
    event.preventDefault();
    var boxes = Array.prototype.slice.call(link.closest("form").querySelectorAll("input[type=checkbox][name=id]"));
    var all = boxes.every(function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !all; });
  });

  var form = document.querySelector("form[data-keys]");
  if (!form) { return; }
  var choices = { p: "publish", d: "approve", t: "return" };

  function choose(value) {
    var radio = form.querySelector("input[name=verdict][value=" + value + "]");
    if (!radio) { return; }
    radio.checked = true;
    var next = value === "return" ? form.elements.reason : value === "approve" ? form.elements.publish_from : radio;
    next.focus();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (/^(TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (event.target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(event.target.type)) { return; }
    var key = event.key.toLowerCase();
    if (choices[key] && !form.dataset.keys) { event.preventDefault(); choose(choices[key]); return; }
    // data-keys="outcome": the digits choose among the radios of that name.
    var nth = form.dataset.keys && /^[1-9]$/.test(key) && form.querySelectorAll("input[type=radio][name=" + form.dataset.keys + "]")[key - 1];
    if (nth) { event.preventDefault(); nth.checked = true; nth.focus(); return; }
    var box = { m: form.elements.confirm_masked, c: form.elements.confirm_doubts }[key];
    if (box) {
      event.preventDefault();
      box.checked = !box.checked;
      box.focus();
      return;
    }
    var target = document.querySelector('[data-key="' + key.replace(/[^a-z]/g, "_") + '"]');
    if (target) { event.preventDefault(); target.click(); }
  });
})();
