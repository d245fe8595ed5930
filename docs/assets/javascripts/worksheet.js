// Lists to tick and blanks to fill in. Nothing is kept until the reader ticks 保存在本机, nothing leaves
// the device, and one button clears it. The key is the sheet's id, not the path: a stick changes its drive.
(function () {
  "use strict";
  var sheet = document.querySelector("[data-worksheet]");
  if (!sheet) return;
  var KEY = "yingji.sheet." + sheet.dataset.worksheet;
  var keep = sheet.querySelector("[data-keep]");
  var said = sheet.querySelector("output");
  var fields = [];

  function add(parent, kind, name, label) {
    var wrap = document.createElement("label");
    var input = document.createElement("input");
    input.type = kind;
    input.dataset.name = name;
    input.autocomplete = "off";
    wrap.className = "field field-" + kind;
    wrap.append(kind === "text" ? label : input, kind === "text" ? input : label);
    parent.append(wrap);
    fields.push(input);
  }

  function tickable(list) {
    list.querySelectorAll("li").forEach(function (item, index) {
      var name = list.dataset.checklist + "." + index;
      var what = item.querySelector(".what").textContent;
      var row = document.createElement("span");
      row.className = "marks";
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", what);
      (list.dataset.marks || "做到了").split(" ").forEach(function (mark) {
        add(row, mark.endsWith("…") ? "text" : "checkbox", name + "." + mark, mark.replace("…", ""));
      });
      item.append(row);
    });
  }

  function fillable(blank, index) {
    var row = document.createElement("span");
    add(row, "text", "blank." + index, "");
    row.querySelector("input").setAttribute("aria-label", blank.parentNode.querySelector(".what").textContent);
    blank.replaceWith(row);
  }

  function values() {
    return fields.map(function (field) { return field.type === "checkbox" ? field.checked : field.value; });
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (blocked) { return null; }
  }

  function save() {
    if (!keep.checked) return;
    var named = {};
    values().forEach(function (value, index) { if (value) named[fields[index].dataset.name] = value; });
    try {
      localStorage.setItem(KEY, JSON.stringify(named));
      said.textContent = "已保存在本机";
    } catch (blocked) {
      said.textContent = "这个浏览器不允许保存，请打印";
    }
  }

  function fill(saved) {
    fields.forEach(function (field) {
      var value = saved[field.dataset.name];
      if (field.type === "checkbox") field.checked = Boolean(value); else field.value = value || "";
    });
  }

  function forget(message) {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
    said.textContent = message;
  }

  document.querySelectorAll("[data-checklist]").forEach(tickable);
  document.querySelectorAll(".blanks .blank").forEach(fillable);
  var saved = read();
  if (saved) { fill(saved); keep.checked = true; }
  document.querySelector("article").addEventListener("input", function (event) {
    if (event.target !== keep) save();
  });
  keep.addEventListener("change", function () {
    if (keep.checked) save(); else forget("不再保存，本机上的记录已删除");
  });
  sheet.querySelector("[data-clear]").addEventListener("click", function () {
    fill({});
    keep.checked = false;
    forget("已清除");
  });
  sheet.querySelector("[data-print]").addEventListener("click", function () { print(); });
  sheet.hidden = false;
})();
