// A result without a name, as one line of text that can be copied, sent, scanned and merged:
// YJ1|id|quiz|hash|band|right|total|date|code|missed,missed|sum
// The sum (CRC-32) finds damage, not cheating.
(function () {
  "use strict";
  var here = document.currentScript.src;
  var device = window.yingjiDevice, download = device.download, today = device.today;
  var SHAPE = /^YJ1\|[0-9A-Z]{12}\|[a-z0-9-]+\|[0-9a-f]{12}\|[^|,<>]{0,8}\|\d{1,3}\|\d{1,3}\|\d{4}-\d\d-\d\d\|[0-9A-Za-z-]{0,24}\|[a-z0-9,-]*$/;
  var LINE = /YJ1\|[^\s"“”]+/g;

  function sum(text) {
    var bytes = unescape(encodeURIComponent(text));
    var crc = -1;
    for (var i = 0; i < bytes.length; i++) {
      crc ^= bytes.charCodeAt(i);
      for (var bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ("0000000" + (~crc >>> 0).toString(16)).slice(-8);
  }

  function make(result) {
    var fields = ["YJ1", device.randomId(), result.quiz, result.hash, result.band, result.right, result.total,
      today(), result.code, result.missed.join(",")].join("|");
    return fields + "|" + sum(fields);
  }

  // Lines in any text: a message, a CSV, a JSON file.
  function find(text) {
    return text.match(LINE) || [];
  }

  // The slip, or {fault: why it was refused}.
  function read(line) {
    var parts = line.split("|");
    if (parts.length !== 11) return { fault: "不完整，可能没有复制全" };
    var before = parts.slice(0, 10).join("|");
    if (sum(before) !== parts[10]) return { fault: "校验码不对，内容缺了或被改过" };
    if (!SHAPE.test(before)) return { fault: "不是成绩条的写法（代码只能用字母、数字和连字符）" };
    var slip = { id: parts[1], quiz: parts[2], hash: parts[3], band: parts[4], right: Number(parts[5]),
      total: Number(parts[6]), date: parts[7], code: parts[8], missed: parts[9] ? parts[9].split(",") : [], line: line };
    if (!(slip.total > 0 && slip.right >= 0 && slip.right <= slip.total)) return { fault: "分数不可能" };
    if (slip.date > today()) return { fault: "日期在将来（" + slip.date + "），请核对那台设备的时间" };
    return slip;
  }

  function csv(slips, region) {
    var head = "id,date,region,unit,activity,item,hash,band,persons,person_times,result,measured,slip";
    var rows = slips.map(function (slip) {
      return [slip.id, slip.date, region || "", slip.code, "培训", "quizzes/" + slip.quiz, slip.hash, slip.band, 1, 1,
        slip.right + "/" + slip.total, "题", '"' + slip.line + '"'].join(",");
    });
    return "\ufeff" + [head].concat(rows).join("\r\n") + "\r\n";
  }

  // --- on the page: text to copy, files, a code to scan -------------------------------------------

  function element(tag, text, attributes) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function button(text, run) {
    var made = element("button", text, { type: "button" });
    made.addEventListener("click", run);
    return made;
  }

  function view(line, title) {
    var slip = read(line);
    var text = "【应急学堂成绩条】" + title + " " + slip.right + "/" + slip.total + "\n" + line;
    var area = element("textarea", "", { rows: 4, readonly: "", "aria-label": "成绩条" });
    var code = element("div");
    var box = element("div", "", { class: "slip" });
    area.value = text;
    box.append(element("h3", "成绩条（没有姓名）"), area,
      button("复制", function () { area.select(); document.execCommand("copy"); }),
      button("文字", function () { download("slip-" + slip.id + ".txt", text, "text/plain"); }),
      button("CSV", function () { download("slip-" + slip.id + ".csv", csv([slip], ""), "text/csv"); }),
      button("JSON", function () { download("slip-" + slip.id + ".json", JSON.stringify({ yingji_slip: 1, line: line }), "application/json"); }),
      button("二维码", function () { drawCode(line, code); }), button("打印", printSlip), code,
      element("p", "校验码只能发现抄错、缺字，防不了有人故意改。"));
    return box;
  }

  // The slip alone, not the questions above it.
  function printSlip() {
    var page = document.documentElement.dataset;
    var mode = page.quizMode;
    page.quizMode = "slip";
    print();
    page.quizMode = mode;
  }

  function drawCode(line, box) {
    function put() {
      var made = window.qrcode(0, "M");
      made.addData(line);
      made.make();
      box.innerHTML = made.createSvgTag({ cellSize: 4, margin: 8, scalable: true });
      box.firstChild.setAttribute("role", "img");
      box.firstChild.setAttribute("aria-label", "成绩条二维码");
    }
    if (window.qrcode) return put();
    var script = element("script", "", { src: new URL("../vendor/qrcode.js", here) });
    script.onload = put;
    script.onerror = function () { box.textContent = "二维码没有载入，请用文字"; };
    document.head.append(script);
  }

  window.yingjiSlip = { make: make, find: find, read: read, csv: csv, view: view };
})();
