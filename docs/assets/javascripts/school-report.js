// A campaign in numbers: each entry becomes a row without names, for `yingji records import`.
(function () {
  "use strict";
  var form = document.querySelector("[data-report]");
  if (!form) return;
  var device = window.yingjiDevice;
  var HEAD = "id,date,region,unit,activity,item,persons,person_times,result,measured";
  var said = document.querySelector("[data-said]"), out = document.querySelector("[data-rows]"), add = document.querySelector("[data-add]");
  var rows = [], taken = false;

  function field(name) { return form.querySelector("[data-field=" + name + "]"); }
  function value(name) { return field(name).value.trim(); }

  var NUMBERS = ["persons", "person_times", "reached", "whole"];

  function fault() {
    if (!value("date")) return "先填日期";
    if (NUMBERS.some(function (name) { return !/^\d*$/.test(value(name)) || field(name).validity.badInput; })) return "人数、个数只能是 0 或更大的整数";
    if (!value("persons") && !value("person_times") && !value("whole")) return "至少填一样：人数、人次，或者到了几个";
    if (value("date") > device.today()) return "日期在将来";
    if (value("unit") && !/^[0-9A-Za-z-]{1,24}$/.test(value("unit"))) return "单位代码只用字母、数字、连字符，不写名称";
    if (Number(value("persons")) > Number(value("person_times") || value("persons"))) return "人数不能多于人次";
    if (Boolean(value("reached")) !== Boolean(value("whole"))) return "“到了几个”和“一共几个”要一起填";
    if (Number(value("reached")) > Number(value("whole"))) return "“到了几个”不能多于“一共几个”";
    if (value("whole") === "0") return "“一共几个”不能是 0";
    return "";
  }

  function row() {
    var result = value("whole") ? [value("reached") + "/" + value("whole"), "项"] : ["", ""];
    return [device.randomId(), value("date"), value("region"), value("unit"), "宣教", value("item"), value("persons"), value("person_times") || value("persons")].concat(result);
  }

  function csv() {
    return "\ufeff" + [HEAD].concat(rows.map(function (one) { return one.join(","); })).join("\r\n") + "\r\n";
  }

  function element(tag, text) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    return made;
  }

  function button(text, act) {
    var made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function workbook() {
    var ready = window.yingjiCampaignBook ? Promise.resolve() : Promise.all([form.dataset.zip, form.dataset.book].map(device.load));
    ready.then(function () {
      taken = true;
      device.download("campaign-" + rows[0][0] + ".xlsx", window.yingjiCampaignBook(rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }, function () { said.textContent = "没有载入，请用 CSV"; });
  }

  // What was added, in words; a slip of the finger can be taken back.
  function list() {
    var items = element("ol");
    rows.forEach(function (one, place) {
      var said = [one[1], field("item").querySelector("[value='" + one[5] + "']").textContent, (one[7] || one[6] || "—") + " 人次", one[8] ? "到了 " + one[8] : ""];
      var item = element("li", said.filter(Boolean).join("，") + " ");
      item.append(button("删掉", function () { rows.splice(place, 1); show(); }));
      items.append(item);
    });
    return items;
  }

  function show() {
    if (!rows.length) { out.replaceChildren(); return; }
    var area = element("textarea"), bar = element("p");
    area.value = csv().slice(1);
    area.readOnly = true;
    area.rows = rows.length + 2;
    area.setAttribute("aria-label", "记录（可复制）");
    bar.append(
      button("下载 CSV", function () { taken = true; device.download("campaign-" + rows[0][0] + ".csv", csv(), "text/csv"); }), " ",
      button("下载 Excel", workbook));
    out.className = "drill-out";
    out.replaceChildren(list(), bar, area);
  }

  // Coming from a pack, its stage and region are the likely ones; else the place that this device remembers.
  function choose() {
    var from = location.search.slice(1).split("."), slug = null;
    try { slug = localStorage.getItem("yingji.region"); } catch (blocked) { /* none remembered */ }
    var own = slug && form.querySelector("[data-slug='" + CSS.escape(slug) + "']");
    if (own) field("region").value = own.value;
    if (from.length !== 2) return;
    field("region").value = from[1];
    field("item").value = "schools/" + from[0];
  }

  choose();
  window.addEventListener("beforeunload", function (event) { if (rows.length && !taken) event.preventDefault(); });
  add.hidden = false;
  add.addEventListener("click", function () {
    var wrong = fault();
    said.textContent = wrong || "加进来了，共 " + (rows.length + 1) + " 条";
    if (wrong) return;
    rows.push(row());
    taken = false;
    show();
  });
})();
