// The scorecard adds itself up. A void (somebody fell, …) means no score; an item that does not apply
// leaves the whole, so that the rest counts for 100.
(function () {
  "use strict";
  var drill = document.querySelector("[data-drill]");
  if (!drill) return;
  var sheet = drill.closest("article");
  var rows = Array.from(sheet.querySelectorAll("[data-score]"));
  var result = sheet.querySelector("[data-drill-result]");

  function input(row, name) { return row.querySelector("[data-" + name + "]"); }
  function number(field) { return field && field.value !== "" ? Number(field.value) : null; }
  function skipped(row) { var skip = input(row, "skip"); return Boolean(skip && skip.checked); }

  // Share of the weight from 0 to 1, or null where nothing was entered.
  function share(row) {
    if (row.dataset.how === "有无") return input(row, "value").checked ? 1 : 0;
    if (row.dataset.how === "计时") {
      var time = number(input(row, "value"));
      return time === null ? null : Number(time <= Number(row.dataset.limit));
    }
    var part = number(input(row, "part")), whole = number(input(row, "whole"));
    return part === null || !whole || part > whole ? null : part / whole;
  }

  function total() {
    var got = 0, whole = 0, open = 0;
    rows.forEach(function (row) {
      if (skipped(row)) return;
      var weight = Number(row.dataset.weight), won = share(row);
      whole += weight;
      if (won === null) open += 1; else got += weight * won;
    });
    var voids = Array.from(sheet.querySelectorAll("[data-void]:checked")).map(function (box) { return box.closest("label").textContent.trim(); });
    return { points: whole ? Math.round(100 * got / whole) : 0, open: open, voids: voids };
  }

  function meaning(points) {
    var row = Array.from(sheet.querySelectorAll("[data-least]")).find(function (one) { return points >= Number(one.dataset.least); });
    return row.cells[1].textContent.trim();
  }

  function wrong() {
    return rows.filter(function (row) {
      var part = number(input(row, "part")), whole = number(input(row, "whole"));
      return row.dataset.how === "计数" && part !== null && whole !== null && part > whole;
    });
  }

  function show() {
    var now = total(), text = "";
    if (wrong().length) text = "有一项“做到”比“共”多，请改。";
    else if (now.voids.length) text = "这次不计分：" + now.voids.join("；");
    else if (now.open) text = "还有 " + now.open + " 项没填，现在 " + now.points + " 分。";
    else text = "得 " + now.points + " 分。" + meaning(now.points);
    result.textContent = text;
    document.dispatchEvent(new CustomEvent("yingji:scored"));
  }

  sheet.addEventListener("input", function (event) {
    if (event.target.closest("[data-score], .voids")) show();
  });

  function entries() {
    var all = {};
    rows.forEach(function (row) {
      all[row.dataset.score] = { value: row.dataset.how === "有无" ? input(row, "value").checked : number(input(row, "value")),
        part: number(input(row, "part")), whole: number(input(row, "whole")), skip: skipped(row) };
    });
    return all;
  }

  function put(all) {
    rows.forEach(function (row) {
      var entry = all[row.dataset.score];
      if (!entry) return;
      if (row.dataset.how === "有无") input(row, "value").checked = entry.value;
      else ["value", "part", "whole"].forEach(function (name) { if (input(row, name)) input(row, name).value = entry[name] === null ? "" : entry[name]; });
      if (input(row, "skip")) input(row, "skip").checked = entry.skip;
    });
    show();
  }

  window.yingjiScore = { total: total, entries: entries, put: put, meaning: meaning };
})();
