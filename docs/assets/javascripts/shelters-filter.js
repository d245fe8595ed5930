// Filters a list of shelters by what its rows say. A long list stands on plain pages; its rows are
// loaded on the first letter or choice.
(function () {
  "use strict";
  var box = document.querySelector("[data-filter-shelters]");
  var list = document.querySelector("[data-shelter-list]");
  if (!box || !list) return;
  var MOST_SHOWN = 100;
  var FIELDS = ["hazard", "level", "space", "duration", "status", "barrier"];
  var inputs = Array.from(box.querySelectorAll("[data-by]"));
  var find = box.querySelector("[data-find]");
  var said = box.querySelector("output");
  var rows = null;

  function wanted() {
    var chosen = {};
    inputs.forEach(function (input) {
      var value = input.type === "checkbox" && !input.checked ? "" : input.value;
      if (value) chosen[input.dataset.by] = value;
    });
    chosen.find = find.value.trim().toLowerCase();
    return chosen;
  }

  function fits(values, chosen) {
    var known = FIELDS.every(function (field) {
      return !chosen[field] || (values[field] || "").split(" ").indexOf(chosen[field]) >= 0;
    });
    return known && (values.find || "").indexOf(chosen.find) >= 0;
  }

  function filterPage(chosen) {
    var shown = 0;
    list.querySelectorAll("li").forEach(function (item) {
      item.hidden = !fits(item.dataset, chosen);
      if (!item.hidden) shown += 1;
    });
    said.textContent = "显示 " + shown + " 处";
  }

  // Rows of a data file: name, address, status, href, then FIELDS and find, as the page's data-* are.
  function asValues(row) {
    var values = { find: row[10] };
    FIELDS.forEach(function (field, number) { values[field] = row[4 + number]; });
    return values;
  }

  function line(row) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var name = document.createElement("b");
    name.textContent = row[0];
    link.href = row[3];
    link.append(name);
    item.append(link);
    [row[1] && "地址：" + row[1], row[2] && "状态：" + row[2]].filter(Boolean).forEach(function (text) {
      var part = document.createElement("span");
      part.textContent = text;
      item.append(" ", part);
    });
    return item;
  }

  function filterData(chosen) {
    var found = rows.filter(function (row) { return fits(asValues(row), chosen); });
    list.textContent = "";
    list.hidden = false;
    found.slice(0, MOST_SHOWN).forEach(function (row) { list.append(line(row)); });
    said.textContent = "找到 " + found.length + " 处" + (found.length > MOST_SHOWN ? "，先列 " + MOST_SHOWN + " 处" : "");
  }

  function apply() {
    var source = list.dataset.source;
    if (!source) { filterPage(wanted()); return; }
    if (rows) { filterData(wanted()); return; }
    said.textContent = "正在载入名单……";
    var parts = /^(.*\/)([^/]+)\.js$/.exec(source);
    window.yingjiShelterData(parts[1], parts[2]).then(function (data) {
      rows = data;
      filterData(wanted());
    }, function () { said.textContent = "名单没有载入，请看下面的分页"; });
  }

  inputs.forEach(function (input) { input.addEventListener("change", apply); });
  find.addEventListener("input", apply);
})();
