// The blanks of a drill guide: what is typed at the top stands at once in the script, the notices and the
// tables, prints with them, and goes into the Word file. Nothing is kept before 保存在本机 is ticked.
(function () {
  "use strict";
  var drill = document.querySelector("[data-drill]");
  if (!drill) return;
  var sheet = drill.closest("article"), device = window.yingjiDevice;
  var KEY = "yingji.drill." + drill.dataset.drill;
  var fields = Array.from(sheet.querySelectorAll("[data-blank]"));
  var groups = sheet.querySelector("[data-groups]");

  function shown(field) {
    if (!field.value) return "";
    if (field.type !== "date") return field.value;
    var parts = field.value.split("-").map(Number);
    return parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  // “一班 42” → {name: 一班, count: 42}; a line without a number is a group not counted yet.
  function groupList() {
    if (!groups) return [];
    return groups.value.split("\n").filter(function (line) { return line.trim(); }).map(function (line) {
      var found = line.trim().match(/^(.*?)[\s，,：:]*(\d{1,5})?\s*人?$/);
      return { name: found[1].trim(), count: found[2] ? Number(found[2]) : null };
    });
  }

  function values() {
    var named = {};
    fields.forEach(function (field) { named[field.dataset.blank] = shown(field); });
    groupList().forEach(function (group, place) {
      named["第" + (place + 1) + "组"] = group.name;
      named["第" + (place + 1) + "组人数"] = group.count === null ? "" : String(group.count);
    });
    return named;
  }

  function fill() {
    var named = values();
    sheet.querySelectorAll("[data-fill]").forEach(function (place) {
      var name = place.dataset.fill;
      place.textContent = named[name] || "〔" + name + "〕";
      place.classList.toggle("filled", Boolean(named[name]));
    });
    fillGroups();
  }

  function fillGroups() {
    var body = sheet.querySelector("[data-group-table] tbody");
    if (!body) return;
    var list = groupList();
    while (body.rows.length < list.length) body.append(body.rows[0].cloneNode(true));
    Array.from(body.rows).forEach(function (row, place) {
      var group = list[place] || { name: "", count: null };
      row.cells[0].textContent = group.name || "\u00a0";
      row.cells[1].textContent = group.count === null ? "" : group.count;
    });
    sumUp(list);
  }

  // The total of the groups goes where the guide asks for one, until somebody types another.
  function sumUp(list) {
    var total = fields.find(function (field) { return field.dataset.blank === "应到人数"; });
    if (!total || total.dataset.typed) return;
    var sum = list.reduce(function (all, group) { return all + (group.count || 0); }, 0);
    var before = total.value;
    total.value = sum || "";
    if (before !== total.value) fill();
  }

  // --- kept on the device after a tick, cleared with one tap ------------------------------------

  function read() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (blocked) { return null; }
  }

  function save() {
    if (!keep.checked) return;
    var typed = { groups: groups ? groups.value : "", fields: {} };
    fields.forEach(function (field) { typed.fields[field.dataset.blank] = field.value; });
    try { localStorage.setItem(KEY, JSON.stringify(typed)); said.textContent = "已保存在本机"; } catch (blocked) { said.textContent = "这个浏览器不允许保存，请打印"; }
  }

  function put(saved) {
    fields.forEach(function (field) { field.value = (saved.fields || {})[field.dataset.blank] || ""; });
    if (groups) groups.value = saved.groups || "";
    fill();
  }

  function forget(message) {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
    said.textContent = message;
  }

  function button(text, run) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", run);
    return made;
  }

  var keep = document.createElement("input");
  var said = document.createElement("output");
  keep.type = "checkbox";
  said.setAttribute("aria-live", "polite");
  (function build() {
    var label = document.createElement("label");
    label.className = "field";
    label.append(keep, " 保存在本机");
    sheet.querySelector("[data-drill-keep]").append(label, " ",
      button("全部清除", function () { put({}); keep.checked = false; forget("已清除"); }), " ",
      button("打印整套", function () { print(); }), " ",
      button("下载填好的 Word", word), " ",
      button("加进日历", calendar), " ", said);
  })();

  keep.addEventListener("change", function () {
    if (keep.checked) save(); else forget("不再保存，本机上的记录已删除");
  });
  sheet.querySelector("[data-drill-fields]").addEventListener("input", function (event) {
    if (event.target.dataset.blank === "应到人数") event.target.dataset.typed = event.target.value ? "1" : "";
    fill();
    save();
  });

  // --- files ------------------------------------------------------------------------------------

  function word() {
    said.textContent = "正在生成……";
    Promise.all([drill.dataset.zip, drill.dataset.template, drill.dataset.word].map(device.load)).then(function () {
      var bytes = window.yingjiWord(window.yingjiTemplates[drill.dataset.drill], values());
      device.download(drill.dataset.drill + ".docx", bytes, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
      said.textContent = "已下载。微信里打不开下载，请用上面的空白 Word，或用浏览器打开";
    }, function () { said.textContent = "没有载入，请下载上面的空白 Word"; });
  }

  function calendar() {
    var date = sheet.querySelector("[data-blank='日期']");
    var time = sheet.querySelector("[data-blank='开始时刻']");
    if (!date || !date.value) { said.textContent = "先填日期"; return; }
    device.download(drill.dataset.drill + ".ics", event(date.value, time && time.value), "text/calendar");
    said.textContent = "已下载日历文件";
  }

  function event(date, time) {
    var day = date.replace(/-/g, "");
    var start = time ? "DTSTART:" + day + "T" + time.replace(":", "") + "00" : "DTSTART;VALUE=DATE:" + day;
    var place = values()["集合点"] || "";
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yingji-xuetang//drill//ZH", "BEGIN:VEVENT",
      "UID:" + drill.dataset.drill + "-" + day + "@yingji-xuetang", "DTSTAMP:" + day + "T000000Z", start,
      "SUMMARY:" + plain(drill.dataset.title), "LOCATION:" + plain(place), "BEGIN:VALARM", "ACTION:DISPLAY",
      "DESCRIPTION:" + plain(drill.dataset.title), "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  }

  function plain(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, " ");
  }

  var saved = read();
  if (saved) { keep.checked = true; put(saved); }
  window.yingjiDrill = { values: values };
})();
