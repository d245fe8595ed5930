// The five nearest shelters: from the street or community the reader picks, or from the device's
// position where the browser gives it (never on plain-http pages of a LAN). Only the boxes of
// neighbours that can hold one of the five are loaded. Nothing leaves the device.
(function () {
  "use strict";
  var block = document.querySelector("[data-nearest]");
  if (!block || !window.yingjiShelterData) return;
  var FOLDER = block.dataset.nearest;
  var HOW_MANY = 5;
  var EARTH = 6371000, RADIAN = Math.PI / 180;
  // A walk is longer than the straight line; 60 metres a minute is an old person's pace.
  var DETOUR = 1.4, METRES_A_MINUTE = 60;
  var WINDS = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
  var NAME = 0, STREET = 1, COMMUNITY = 2, ADDRESS = 3, STATUS = 4, HREF = 5, LON = 6, LAT = 7, DISTRICT = 6;
  var list = block.querySelector("ol");
  var said = block.querySelector("output");
  var here = block.querySelector("[data-here]");
  var picks = {};
  var index = null;

  block.querySelectorAll("[data-pick]").forEach(function (select) { picks[select.dataset.pick] = select; });
  block.hidden = false;
  var without = document.querySelector("[data-without-script]");
  if (without) without.hidden = true;

  function metres(from, to) {
    var dLat = (to[1] - from[1]) * RADIAN, dLon = (to[0] - from[0]) * RADIAN;
    var a = Math.pow(Math.sin(dLat / 2), 2) + Math.cos(from[1] * RADIAN) * Math.cos(to[1] * RADIAN) * Math.pow(Math.sin(dLon / 2), 2);
    return 2 * EARTH * Math.asin(Math.sqrt(a));
  }

  function wind(from, to) {
    var east = (to[0] - from[0]) * Math.cos(from[1] * RADIAN), north = to[1] - from[1];
    return WINDS[Math.round(Math.atan2(east, north) / (Math.PI / 4) + 8) % 8];
  }

  function nearestEdge(from, box) {
    return [Math.min(Math.max(from[0], box[0]), box[2]), Math.min(Math.max(from[1], box[1]), box[3])];
  }

  // Boxes from the nearest on, until no box left can hold a nearer shelter than the five found.
  function search(from) {
    var boxes = index.boxes.map(function (box, number) {
      return { number: number, metres: metres(from, nearestEdge(from, box)) };
    }).sort(function (a, b) { return a.metres - b.metres; });
    var best = [];

    function next(position) {
      var box = boxes[position];
      if (!box || (best.length === HOW_MANY && box.metres > best[HOW_MANY - 1].metres)) return best;
      return window.yingjiShelterData(FOLDER, "near-" + box.number).then(function (rows) {
        rows.forEach(function (row) { best.push({ row: row, metres: metres(from, [row[LON], row[LAT]]) }); });
        best.sort(function (a, b) { return a.metres - b.metres; });
        best = best.slice(0, HOW_MANY);
        return next(position + 1);
      });
    }
    return Promise.resolve(next(0));
  }

  // Shelters of the street whose place is unknown: no distance, but near all the same.
  function unplaced(district, street, community) {
    var files = street[2].map(function (number) { return window.yingjiShelterData(FOLDER, "loose-" + number); });
    return Promise.all(files).then(function (parts) {
      var rows = [].concat.apply([], parts).filter(function (row) {
        return row[DISTRICT] === district && row[STREET] === street[0] && (!community || row[COMMUNITY] === community);
      });
      return rows.slice(0, HOW_MANY);
    });
  }

  function line(row, place) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var name = document.createElement("b");
    name.textContent = row[NAME];
    link.href = row[HREF];
    link.append(name);
    item.append(link);
    [place, row[ADDRESS], row[STATUS] && "状态：" + row[STATUS]].filter(Boolean).forEach(function (text) {
      var part = document.createElement("span");
      part.textContent = text;
      item.append(" ", part);
    });
    return item;
  }

  function distance(from, found) {
    var minutes = Math.max(1, Math.round(found.metres * DETOUR / METRES_A_MINUTE));
    var far = found.metres < 1000 ? Math.round(found.metres / 10) * 10 + " 米" : (found.metres / 1000).toFixed(1) + " 公里";
    return wind(from, [found.row[LON], found.row[LAT]]) + "边，直线 " + far + "，步行约 " + minutes + " 分钟";
  }

  function show(from, best, loose, note) {
    list.textContent = "";
    best.forEach(function (found) { list.append(line(found.row, distance(from, found))); });
    loose.forEach(function (row) { list.append(line(row, "在同一街道，距离待核实")); });
    said.textContent = best.length + loose.length ? note : "名单里没有能算距离的场所，请在下面按区县查";
    block.dispatchEvent(new CustomEvent("nearest", { detail: { from: from, best: best, lon: LON, lat: LAT } }));
  }

  function failed() { said.textContent = "名单没有载入，请在下面按区县查"; }

  function find(from, choice, note) {
    var own = choice && unplaced(choice.district, choice.street, choice.community && choice.community[0]);
    Promise.all([from ? search(from) : [], own || []]).then(function (found) {
      show(from, found[0], found[1], note);
    }).catch(failed);
  }

  function ready() {
    return window.yingjiShelterData(FOLDER, "index").then(function (data) { index = data; });
  }

  function options(select, names) {
    select.textContent = "";
    names.forEach(function (name, value) { select.append(new Option(name || "待核实", value)); });
    select.prepend(new Option("选择", ""));
    select.value = "";
    select.disabled = !names.length;
  }

  function first(row) { return row[0]; }

  function picked() {
    var district = picks.district.value === "" ? ["", []] : index.districts[picks.district.value];
    var streets = district[1];
    var street = picks.street.value === "" ? null : streets[picks.street.value];
    var community = street && picks.community.value !== "" ? street[3][picks.community.value] : null;
    return { district: district[0], streets: streets, street: street, community: community };
  }

  function fromPick() {
    var choice = picked();
    if (!choice.street) return;
    var from = choice.community && choice.community[1] || choice.street[1];
    var place = choice.community ? choice.community[0] : choice.street[0] || "所选街道";
    find(from, choice, "从“" + place + "”的中间算起，是估计；步行按每分钟 60 米、绕路 1.4 倍");
  }

  picks.district.addEventListener("change", function () {
    ready().then(function () {
      options(picks.street, picked().streets.map(first));
      options(picks.community, []);
    }).catch(failed);
  });
  picks.street.addEventListener("change", function () {
    var street = picked().street;
    options(picks.community, street ? street[3].map(first) : []);
    fromPick();
  });
  picks.community.addEventListener("change", fromPick);

  if (navigator.geolocation && isSecureContext) {
    here.hidden = false;
    here.addEventListener("click", function () {
      said.textContent = "正在取位置……";
      navigator.geolocation.getCurrentPosition(function (position) {
        var from = [position.coords.longitude, position.coords.latitude];
        var off = Math.round(position.coords.accuracy);
        ready().then(function () { find(from, null, "按这台设备的位置，误差约 " + off + " 米；位置没有离开这台设备"); }).catch(failed);
      }, function () {
        said.textContent = "这台设备没有给出位置，请选街道或社区";
      }, { timeout: 10000 });
    });
  }
})();
