// Draws the charts of a page after it has loaded. Each chart reads its description from the JSON element that it names;
// the table beside it carries the same figures, so that the page is complete without this file.
(function () {
  "use strict";
  if (!window.echarts) { return; }

  var style = getComputedStyle(document.documentElement);
  function token(name) { return style.getPropertyValue(name).trim(); }
  var palette = [token("--blue-700"), "#5b9bd1", token("--amber"), token("--green"), "#7a6aa8", token("--line-strong")];

  function base(size) {
    return {
      animation: false,
      color: palette,
      textStyle: { fontFamily: token("--font"), fontSize: size, color: token("--ink") },
      aria: { enabled: true, decal: { show: true } },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      // Tooltips are drawn on the canvas: HTML ones carry style attributes, which the content security policy forbids.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      legend: { top: 0, left: 0, textStyle: { fontSize: size, color: token("--ink") } }
    };
  }

  function draw(holder) {
    var source = document.getElementById(holder.dataset.chart);
    if (!source) { return; }
    var size = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875);
    holder.classList.add("is-drawn");
    var chart = window.echarts.init(holder, null, { renderer: "canvas" });
    chart.setOption(base(size));
    chart.setOption(JSON.parse(source.textContent));
    window.addEventListener("resize", function () { chart.resize(); });
    // The table stands open until there is a drawing, and again on paper.
    var table = holder.parentNode.querySelector("details.table-behind");
    if (table) { table.open = false; }
    window.addEventListener("beforeprint", function () {
      chart.resize();
      if (table) { table.open = true; }
    });
  }

  document.querySelectorAll(".chart-canvas[data-chart]").forEach(draw);
})();
