// Many slips into one table, on this device only: doubles by id and damaged ones are refused by name,
// the rest is counted. Nothing pasted is lost: what was refused stays in the box.
(function () {
  "use strict";
  var root = document.querySelector("[data-quiz-summary]");
  if (!root) return;
  var slips = window.yingjiSlip;
  var known = Object.assign(Object.create(null), JSON.parse(root.dataset.known));
  var box = root.querySelector("textarea");
  var files = root.querySelector("input[type=file]");
  var said = root.querySelector("[data-said]");
  var totals = root.querySelector("[data-totals]");
  var held = [];
  // A messenger may have broken a line; a slip that was cut must not swallow the next one.
  var wrapped = /YJ1\|(?:(?!YJ1\||【)[^])*?\|[0-9a-f]{8}(?![0-9a-f])/g;

  function judge(line) {
    var slip = slips.read(line);
    if (slip.fault) return slip;
    if (!known[slip.quiz]) return { fault: "没有这个测验（" + slip.quiz + "）" };
    if (known[slip.quiz].hash !== slip.hash) return { fault: "题目是另一个版本（" + slip.hash.slice(0, 6) + "），本站现在是 " + known[slip.quiz].hash.slice(0, 6) };
    if (held.some(function (other) { return other.id === slip.id; })) return { fault: "重复（编号 " + slip.id + " 已经有了）" };
    return slip;
  }

  function add(text, name) {
    var lines = slips.find(text.replace(wrapped, function (line) { return line.replace(/\s+/g, ""); }));
    var refused = [];
    lines.forEach(function (line, index) {
      var slip = judge(line);
      if (slip.fault) refused.push({ line: line, why: name + "第" + (index + 1) + "条：" + slip.fault });
      else held.push(slip);
    });
    if (text.trim() && !lines.length) refused.push({ line: text, why: name + "里没有成绩条（成绩条以 YJ1| 开头）" });
    return refused;
  }

  // Excel saves as UTF-8 or as GB18030, whichever it was told.
  function decoded(bytes) {
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch (other) { return new TextDecoder("gb18030").decode(bytes); }
  }

  function report(refused, before) {
    said.textContent = "";
    said.append(line("p", "加进 " + (held.length - before) + " 条，没有加进 " + refused.length + " 条。"));
    var list = document.createElement("ul");
    refused.forEach(function (entry) { list.append(line("li", entry.why)); });
    said.append(list);
    box.value = refused.map(function (entry) { return entry.line; }).join("\n");
    show();
  }

  function line(tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  function table(title, rows) {
    var element = document.createElement("table");
    element.className = "stack";
    element.append(line("caption", title));
    var body = document.createElement("tbody");
    rows.forEach(function (row) {
      var made = document.createElement("tr");
      var head = line("th", row.name);
      head.scope = "row";
      var cell = line("td", row.text);
      var bar = document.createElement("span");
      bar.className = "bar";
      bar.setAttribute("aria-hidden", "true");
      bar.innerHTML = "<i></i>";
      bar.firstChild.style.width = row.percent + "%";
      cell.append(bar);
      made.append(head, cell);
      body.append(made);
    });
    element.append(body);
    return element;
  }

  function grouped(field, empty) {
    var groups = Object.create(null);
    held.forEach(function (slip) {
      var name = slip[field] || empty;
      var group = groups[name] = groups[name] || { name: name, slips: 0, right: 0, total: 0 };
      group.slips++;
      group.right += slip.right;
      group.total += slip.total;
    });
    return Object.keys(groups).sort().map(function (name) {
      var group = groups[name];
      var percent = Math.round(group.right * 100 / group.total);
      return { name: field === "quiz" ? known[name].title : name, percent: percent,
        text: group.slips + " 份，答对 " + group.right + " / " + group.total + "（" + percent + "%）" };
    });
  }

  // Asked of whom is not in a slip when fewer than all questions were drawn, so only misses are counted.
  function missed() {
    var counts = {};
    held.forEach(function (slip) {
      slip.missed.forEach(function (id) {
        var name = slip.quiz + "#" + id;
        counts[name] = (counts[name] || 0) + 1;
      });
    });
    return Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); }).map(function (name) {
      var parts = name.split("#");
      return { name: (known[parts[0]].questions[parts[1]] || parts[1]), percent: Math.round(counts[name] * 100 / held.length),
        text: known[parts[0]].title + "，错 " + counts[name] + " 人次" };
    });
  }

  function show() {
    totals.textContent = "";
    if (!held.length) return;
    totals.append(line("p", "共 " + held.length + " 份成绩条。"), table("按测验", grouped("quiz", "")),
      table("按学段", grouped("band", "没有写学段")), table("按班级或村", grouped("code", "没有写代码")),
      table("错得最多的题", missed()));
  }

  root.querySelector("[data-add]").addEventListener("click", function () {
    var before = held.length;
    var texts = [{ name: "粘贴的文字", text: box.value }];
    Promise.all(Array.from(files.files).map(function (file) {
      return file.arrayBuffer().then(function (bytes) { texts.push({ name: file.name, text: decoded(bytes) }); });
    })).then(function () {
      var refused = [];
      texts.forEach(function (entry) { if (entry.text.trim()) refused = refused.concat(add(entry.text, entry.name)); });
      files.value = "";
      report(refused, before);
    });
  });
  root.querySelector("[data-reset]").addEventListener("click", function () {
    held = [];
    box.value = "";
    said.textContent = "已清除";
    show();
  });
  root.querySelector("[data-csv]").addEventListener("click", function () {
    var region = root.querySelector("input[data-region]").value.trim();
    if (region && !/^[1-9]\d{5}$/.test(region)) { said.textContent = "地区代码应为六位数字"; return; }
    window.yingjiDevice.download("yingji-records.csv", slips.csv(held, region), "text/csv");
  });
  root.querySelector("[data-print]").addEventListener("click", function () { print(); });
})();
