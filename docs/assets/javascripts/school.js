// A school's own words in the letter and the lesson, and another choice of topics. Nothing is sent, and nothing
// is kept before 保存在本机 is ticked.
(function () {
  "use strict";
  var box = document.querySelector("[data-school-fields]");
  if (!box) return;
  var sheet = box.closest("article"), KEY = "yingji.school";
  var keep = sheet.querySelector("[data-keep-school]"), said = sheet.querySelector("[data-school-said]");
  var fields = Array.from(box.querySelectorAll("[data-blank]"));

  function shown(field) {
    if (field.type !== "date" || !field.value) return field.value;
    var parts = field.value.split("-").map(Number);
    return parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  function fill(field) {
    var name = field.dataset.blank, value = shown(field);
    sheet.querySelectorAll("[data-fill='" + name + "']").forEach(function (place) {
      place.textContent = value || "〔" + name + "〕";
      place.classList.toggle("filled", Boolean(value));
    });
  }

  // --- kept on this device -----------------------------------------------------------------------

  function save() {
    if (!keep.checked) return;
    var values = {};
    fields.forEach(function (field) { values[field.dataset.blank] = field.value; });
    try { localStorage.setItem(KEY, JSON.stringify(values)); } catch (blocked) { said.textContent = "这台设备不让保存"; }
  }

  function forget(words) {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
    said.textContent = words;
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (blocked) { return null; }
  }

  var kept = read();
  if (kept) {
    keep.checked = true;
    fields.forEach(function (field) { field.value = kept[field.dataset.blank] || ""; fill(field); });
  }
  box.addEventListener("input", function (event) { fill(event.target); save(); });
  keep.addEventListener("change", function () {
    if (keep.checked) { save(); said.textContent = "已保存在本机"; } else forget("不再保存，本机上的记录已删除");
  });
  sheet.querySelector("[data-clear-school]").addEventListener("click", function () {
    fields.forEach(function (field) { field.value = ""; fill(field); });
    keep.checked = false;
    forget("已清除");
  });

  // --- topics: two places, and what is taught in each ----------------------------------------------

  var chosen = sheet.querySelector("[data-topics]"), others = sheet.querySelector("[data-others]");
  var chooser = sheet.querySelector("[data-choose-topics]");
  if (!others) return;
  var topics = Array.from(sheet.querySelectorAll("[data-topic]"));
  var home = topics.slice(0, 2).map(function (topic) { return topic.dataset.name; });
  var selects = ["第一个主题", "第二个主题"].map(function (name, place) {
    var label = document.createElement("label"), select = document.createElement("select");
    topics.forEach(function (topic) { select.append(new Option(topic.dataset.name, topic.dataset.topic)); });
    select.value = topics[place].dataset.topic;
    select.addEventListener("change", function () { choose(place); });
    label.className = "field";
    label.append(name + " ", select);
    chooser.append(label, " ");
    return select;
  });
  var note = document.createElement("output");
  chooser.append(note);
  chooser.hidden = false;

  function taught() {
    return selects.map(function (select) {
      return topics.find(function (topic) { return topic.dataset.topic === select.value; });
    });
  }

  // The same topic twice would be one lesson less: the other place takes what this one had.
  function choose(place) {
    var other = selects[1 - place];
    if (other.value === selects[place].value) {
      other.value = topics.find(function (topic) { return topic.parentElement === chosen && topic.dataset.topic !== selects[place].value; }).dataset.topic;
    }
    show();
  }

  function show() {
    var now = taught();
    topics.forEach(function (topic) { (now.indexOf(topic) < 0 ? others : chosen).append(topic); });
    now.forEach(function (topic) { chosen.append(topic); });
    put("主题", now.map(function (topic) { return topic.dataset.name; }).join("、"));
    put("第一件事", now.map(function (topic) { return topic.dataset.first; }).join("；"));
    sheet.querySelectorAll("[data-quiz-of]").forEach(function (part) {
      part.hidden = !now.some(function (topic) { return topic.dataset.topic === part.dataset.quizOf; });
    });
    note.textContent = "教案、小测、信都换好了。压缩包里还是" + home.join("、") + "。";
  }

  function put(name, text) {
    sheet.querySelectorAll("[data-fill='" + name + "']").forEach(function (place) { place.textContent = text; });
  }
})();
