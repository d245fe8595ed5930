// A campaign in numbers: each entry becomes a row without names, for `yingji records import`.
(function () {
  "use strict";
  var form = document.querySelector("[data-report]");
  if (!form) return;
  var LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  var HEAD = "id,date,region,unit,activity,item,persons,person_times,result,measured";
  var said = document.querySelector("[data-said]"), out = document.querySelector("[data-rows]"), add = document.querySelector("[data-add]");
  var rows = [];

  function value(name) { return form.querySelector("[data-field=" + name + "]").value.trim(); }

  function today() {
    var now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  function randomId() {
    var id = "";
    crypto.getRandomValues(new Uint8Array(12)).forEach(function (byte) { id += LETTERS[byte % LETTERS.length]; });
    return id;
  }

  function fault() {
    if (!value("date")) return "先填日期";
    if (value("date") > today()) return "日期在将来";
    if (value("unit") && !/^[0-9A-Za-z-]{1,24}$/.test(value("unit"))) return "单位代码只用字母、数字、连字符，不写名称";
    if (Number(value("persons")) > Number(value("person_times") || value("persons"))) return "人数不能多于人次";
    if (Boolean(value("reached")) !== Boolean(value("whole"))) return "“到了几个”和“一共几个”要一起填";
    if (Number(value("reached")) > Number(value("whole"))) return "“到了几个”不能多于“一共几个”";
    if (value("whole") === "0") return "“一共几个”不能是 0";
    return "";
  }

  function row() {
    var result = value("whole") ? [value("reached") + "/" + value("whole"), "项"] : ["", ""];
    return [randomId(), value("date"), value("region"), value("unit"), "宣教", value("item"), value("persons"), value("person_times") || value("persons")].concat(result);
  }

  function csv() {
    return "\ufeff" + [HEAD].concat(rows.map(function (one) { return one.join(","); })).join("\r\n") + "\r\n";
  }

  function element(tag, text) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    return made;
  }

  function show() {
    var area = element("textarea"), save = element("button", "下载 CSV");
    area.value = csv().slice(1);
    area.readOnly = true;
    area.rows = rows.length + 2;
    area.setAttribute("aria-label", "记录（可复制）");
    save.type = "button";
    save.addEventListener("click", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
      link.download = "campaign-" + rows[0][0] + ".csv";
      document.body.append(link);
      link.click();
      link.remove();
    });
    out.className = "drill-out";
    out.replaceChildren(area, save);
  }

  add.hidden = false;
  add.addEventListener("click", function () {
    var wrong = fault();
    said.textContent = wrong || "加进来了，共 " + (rows.length + 1) + " 条";
    if (wrong) return;
    rows.push(row());
    show();
  });
})();
