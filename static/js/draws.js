// Repeats a published draw (HRB-SSJ-1) in the reader's own browser, from the published file alone. It is written from the rule, not from the
// platform's program: whoever doubts one can hold it against the other. Without this file the page is complete; the program does the same.
(function () {
  "use strict";
  var holder = document.querySelector("[data-recompute]");
  if (!holder || !window.crypto || !window.crypto.subtle) { return; }
  var button = holder.querySelector("button");
  var said = holder.querySelector("[data-said]");
  var bytes = new TextEncoder();
  button.hidden = false;

  function tell(text, kind) {
    said.textContent = text;
    said.className = "notice" + (kind ? " notice-" + kind : "");
    said.hidden = false;
  }

  function sha(text) {
    return window.crypto.subtle.digest("SHA-256", bytes.encode(text)).then(function (buffer) {
      return Array.prototype.map.call(new Uint8Array(buffer), function (each) {
        return ("0" + each.toString(16)).slice(-2);
      }).join("");
    });
  }

  // In the order of bytes: ids of a draw are upper-case letters and figures, for which the order of code units is the same.
  function byBytes(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  function listOf(draw) {
    var seen = new Set();
    draw.strata.forEach(function (part) { part.ids.forEach(function (each) { seen.add(each); }); });
    return Array.from(seen).sort(byBytes);
  }

  // A few thousand at a time, so that the page stays alive with a list of a million.
  async function ticketsOf(ids, seed, gone, progress) {
    var found = [];
    for (var start = 0; start < ids.length; start += 2000) {
      var part = ids.slice(start, start + 2000).filter(function (each) { return !gone.has(each); });
      var hashes = await Promise.all(part.map(function (each) { return sha(["HRB-SSJ-1", seed, each].join("\n")); }));
      part.forEach(function (each, place) { found.push([each, hashes[place]]); });
      progress(part.length);
    }
    return found.sort(function (a, b) { return byBytes(a[1], b[1]) || byBytes(a[0], b[0]); });
  }

  async function repeat(draw) {
    var ids = listOf(draw);
    var digest = await sha(ids.map(function (each) { return each + "\n"; }).join(""));
    if (digest !== draw.list_digest) { return "名单摘要不一致：算得 " + digest; }
    var commit = await sha(draw.nonce);
    if (commit !== draw.commit) { return "随机数摘要不一致：算得 " + commit; }
    var seed = await sha(["HRB-SSJ-1", draw.nonce, draw.public_value, digest].join("\n"));
    if (seed !== draw.seed) { return "种子不一致：算得 " + seed; }
    var gone = new Set(draw.struck), done = 0;
    for (var i = 0; i < draw.strata.length; i += 1) {
      var part = draw.strata[i];
      var order = await ticketsOf(part.ids, seed, gone, function (count) {
        done += count;
        tell("正在计算签号：" + done + " / " + ids.length);
      });
      var mine = JSON.stringify(order.slice(0, part.n));
      if (mine !== JSON.stringify(draw.drawn[part.code] || [])) { return "“" + part.label + "”层抽中的对象不一致。"; }
    }
    return "";
  }

  button.addEventListener("click", async function () {
    button.disabled = true;
    tell("正在下载数据文件……");
    try {
      var answer = await fetch(holder.dataset.recompute, { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) { throw new Error(String(answer.status)); }
      var draw = await answer.json();
      var wrong = await repeat(draw);
      if (wrong) {
        tell("重算不一致。" + wrong, "serious");
      } else {
        var count = draw.strata.reduce(function (sum, part) { return sum + part.n; }, 0);
        tell("在您的浏览器中重算一致：名单摘要、随机数摘要、种子和抽中的" + count + "个编号均相同。", "good");
      }
    } catch (failed) {
      tell("没有能够重算：数据文件下载失败，请稍后再试，或者下载程序在自己的电脑上运行。", "warn");
    }
    button.disabled = false;
  });
}());
