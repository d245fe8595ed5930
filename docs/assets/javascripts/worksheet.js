// Lists to tick and blanks to fill in. Nothing is kept until the reader ticks 保存在本机, nothing leaves
// the device, and one button clears it. The key is the sheet's id, not the path: a stick changes its drive.
(function () {
  "use strict";
  var sheet = document.querySelector("[data-worksheet]");
  if (!sheet) return;
  var KEY = "yingji.sheet." + sheet.dataset.worksheet;
  var keep = sheet.querySelector("[data-keep]");
  var said = sheet.querySelector("output");
  var fields = Array.from(document.querySelectorAll(".marks input, .blank input"));
  var keys = new Map();
  fields.forEach(function (field) { keys.set(field, keyOf(field)); });

  // By its words, not its place: a line that a later edition adds must not move a telephone number.
  function keyOf(field) {
    var marks = field.closest(".marks");
    var words = marks ? marks.getAttribute("aria-label") + "|" : "";
    words += field.closest("label").textContent.trim();
    var taken = Array.from(keys.values());
    var times = 0;
    while (taken.includes(words + (times || ""))) times += 1;
    return words + (times || "");
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (blocked) { return null; }
  }

  function save() {
    if (!keep.checked) return;
    var named = {};
    fields.forEach(function (field) {
      var value = field.type === "checkbox" ? field.checked : field.value;
      if (value) named[keys.get(field)] = value;
    });
    try {
      localStorage.setItem(KEY, JSON.stringify(named));
      said.textContent = "已保存在本机";
    } catch (blocked) {
      said.textContent = "这个浏览器不允许保存，请打印";
    }
  }

  function fill(saved) {
    fields.forEach(function (field) {
      var value = saved[keys.get(field)];
      if (field.type === "checkbox") field.checked = Boolean(value); else field.value = value || "";
    });
    document.dispatchEvent(new Event("yingji:sheet"));
  }

  function forget(message) {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
    said.textContent = message;
  }

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
})();
