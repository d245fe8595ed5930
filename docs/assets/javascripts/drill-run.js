// Running a drill: a full-screen clock with what is now and next, who speaks and the words; a tap notes the
// time of each step. It needs no network, goes on after a reload, and does not believe a clock that jumps.
(function () {
  "use strict";
  var drill = document.querySelector("[data-drill]");
  if (!drill || !window.HTMLDialogElement) return;
  var sheet = drill.closest("article");
  var KEY = "yingji.run." + drill.dataset.drill;
  var LONGEST_GAP = 6 * 3600; // seconds away after which a reload does not count as running on
  var device = window.yingjiDevice;
  var state = read();
  var ticking = null, last = 0, lock = null;

  // --- the script as the page holds it ------------------------------------------------------------

  function seconds(at) { var parts = at.split(":"); return Number(parts[0]) * 60 + Number(parts[1]); }
  function text(row, name) { var part = row.querySelector("[data-" + name + "]"); return part ? part.textContent.trim() : ""; }

  function timeline() {
    var steps = Array.from(sheet.querySelectorAll("[data-step]")).map(function (row) {
      return { key: "step-" + row.dataset.step, at: seconds(row.dataset.at), who: text(row, "who"), where: text(row, "where"), does: text(row, "does"), says: text(row, "says") };
    });
    var cards = Array.from(sheet.querySelectorAll("[data-card]")).map(function (card) {
      var asks = Array.from(card.querySelectorAll(".asks li")).map(function (ask) { return ask.textContent.trim(); });
      var notes = Array.from(card.querySelectorAll(".notes li")).map(function (note) { return note.textContent.trim(); });
      return { key: "card-" + card.dataset.card, at: seconds(card.dataset.at), who: "情景卡", where: text(card, "card-title"), does: text(card, "situation"), says: "", asks: asks, notes: notes };
    });
    return steps.concat(cards).sort(function (a, b) { return a.at - b.at; });
  }

  function injects() {
    return Array.from(sheet.querySelectorAll("[data-inject]")).map(function (row) {
      return { id: row.dataset.inject, at: row.dataset.at ? seconds(row.dataset.at) : null, to: text(row, "to"), situation: text(row, "situation"), expects: text(row, "expects") };
    });
  }

  // --- state: seconds run so far, kept every second ------------------------------------------------

  function fresh() {
    return { hash: drill.dataset.hash, id: device.randomId(), began: device.today(), elapsed: 0, running: false, saved: 0, done: {}, given: [], log: [], scores: null, review: {}, voids: [], finished: false };
  }

  function read() {
    try {
      var kept = JSON.parse(localStorage.getItem(KEY));
      return kept && kept.hash === drill.dataset.hash ? kept : null;
    } catch (blocked) { return null; }
  }

  function keep() {
    state.saved = Date.now();
    state.scores = window.yingjiScore.entries();
    state.voids = Array.from(sheet.querySelectorAll("[data-void]")).map(function (box) { return box.checked; });
    sheet.querySelectorAll("[data-review]").forEach(function (area) { state.review[area.dataset.review] = area.value; });
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch (blocked) { /* goes on without being kept */ }
  }

  function clock(total) {
    var whole = Math.floor(total);
    return String(Math.floor(whole / 60)).padStart(2, "0") + ":" + String(whole % 60).padStart(2, "0");
  }

  // The steady clock of the page counts; the clock of the day, which may jump, only bridges a reload.
  function resume() {
    if (!state.running) return;
    var away = (Date.now() - state.saved) / 1000;
    if (away > 0 && away < LONGEST_GAP) state.elapsed += away;
    start();
  }

  function start() {
    state.running = true;
    last = performance.now();
    if (!ticking) ticking = setInterval(tick, 250);
    stayAwake();
  }

  function pause() {
    state.running = false;
    clearInterval(ticking);
    ticking = null;
    if (lock) lock.release();
    lock = null;
    keep();
    draw();
  }

  function tick() {
    var now = performance.now(), before = Math.floor(state.elapsed);
    state.elapsed += (now - last) / 1000;
    last = now;
    if (Math.floor(state.elapsed) !== before) { keep(); draw(); }
  }

  function stayAwake() {
    if (!navigator.wakeLock) return;
    navigator.wakeLock.request("screen").then(function (got) { lock = got; }, function () { /* the device decides */ });
  }

  // --- the screen -----------------------------------------------------------------------------------

  function element(tag, className, words) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (words) made.textContent = words;
    return made;
  }

  function button(words, run) {
    var made = element("button", "", words);
    made.type = "button";
    made.addEventListener("click", run);
    return made;
  }

  var dialog = element("dialog", "runner md-typeset");
  var face = element("p", "runner-clock"), now = element("div", "runner-now"), next = element("div", "runner-next");
  var late = element("p", "runner-late"), turn = element("div", "runner-turn"), said = element("p", "runner-said");
  var go = button("开始", function () { if (state.running) pause(); else { start(); keep(); draw(); } });
  var done = button("做完了，记下时刻", finishStep);
  var undo = button("退回一步", takeBack);
  var random = button("随机突发情况", function () { give(null); });
  var choose = element("select");
  var note = element("input");
  face.setAttribute("aria-hidden", "true"); // it changes every second; the live region tells what matters
  said.setAttribute("role", "status");
  choose.setAttribute("aria-label", "选一个突发情况");
  note.setAttribute("aria-label", "记一笔");
  note.placeholder = "记一笔：决定、看到的问题";
  note.maxLength = 200;
  dialog.setAttribute("aria-label", "正在演练：" + drill.dataset.title);

  function build() {
    var given = injects();
    var bar = element("p", "runner-buttons"), extra = element("p", "runner-buttons");
    bar.append(go, " ", done, " ", undo, " ", button("结束，去评分", end), " ", button("先关上", function () { dialog.close(); }));
    if (given.length) {
      choose.append(new Option("突发情况……", ""));
      given.forEach(function (inject) { choose.append(new Option(inject.to + "：" + inject.situation.slice(0, 24), inject.id)); });
      choose.addEventListener("change", function () { if (choose.value) give(choose.value); choose.value = ""; });
      extra.append(choose, " ", random, " ");
    }
    extra.append(note, " ", button("记下", write));
    dialog.append(face, late, now, bar, next, turn, extra, said);
    document.body.append(dialog);
    note.addEventListener("keydown", function (event) { if (event.key === "Enter") write(); });
  }

  function describe(step, box, lead) {
    box.replaceChildren();
    if (!step) { box.append(element("p", "", lead === "现在" ? "脚本做完了。点“结束，去评分”。" : "")); return; }
    box.append(element("p", "runner-lead", lead + " " + clock(step.at) + " " + step.who + "（" + step.where + "）"), element("p", "runner-does", step.does));
    if (step.says) box.append(element("q", "runner-says", step.says));
    if (step.asks && lead === "现在") box.append(listOf(step.asks), notesOf(step.notes));
  }

  function listOf(lines) {
    var list = element("ul");
    lines.forEach(function (line) { list.append(element("li", "", line)); });
    return list;
  }

  function notesOf(lines) {
    var box = element("details");
    box.append(element("summary", "", "主持人看：要听到什么"), listOf(lines));
    return box;
  }

  var shown = "";
  function draw() {
    var open = timeline().filter(function (step) { return !(step.key in state.done); });
    var current = open[0];
    face.textContent = clock(state.elapsed);
    go.textContent = state.running ? "暂停" : state.elapsed ? "继续" : "开始";
    done.disabled = !current || !state.elapsed;
    undo.disabled = !Object.keys(state.done).length;
    var behind = current ? state.elapsed - current.at : 0;
    late.textContent = !state.elapsed ? "准备好了就点“开始”。" : behind >= 10 ? "比脚本晚 " + clock(behind) : behind < 0 ? "还有 " + clock(-behind) : "该做这一步了";
    if (shown !== (current ? current.key : "end")) {
      shown = current ? current.key : "end";
      describe(current, now, "现在");
      describe(open[1], next, "接着");
      say(current ? "现在：" + current.who + "，" + current.does + "。" + current.says : "脚本做完了");
    }
    dueInject();
  }

  function say(words) { said.textContent = words; }

  function finishStep() {
    var current = timeline().find(function (step) { return !(step.key in state.done); });
    if (!current) return;
    state.done[current.key] = Math.round(state.elapsed);
    record("做完：" + current.does);
  }

  function takeBack() {
    var keys = Object.keys(state.done);
    delete state.done[keys[keys.length - 1]];
    record("退回一步");
  }

  function record(words) {
    state.log.push({ at: Math.round(state.elapsed), text: words });
    keep();
    draw();
  }

  function write() {
    if (!note.value.trim()) return;
    var words = note.value.trim();
    note.value = "";
    record(words);
    say("记下了：" + words);
  }

  function waiting() {
    return injects().filter(function (inject) { return !state.given.some(function (one) { return one.id === inject.id; }); });
  }

  function dueInject() {
    var due = waiting().find(function (inject) { return inject.at !== null && state.elapsed >= inject.at; });
    if (due) give(due.id);
  }

  function give(id) {
    // One that is chosen may come again; chance brings none twice.
    var left = id ? injects().filter(function (inject) { return inject.id === id; }) : waiting();
    if (!left.length) { say("突发情况都用过了"); return; }
    var inject = left[Math.floor(Math.random() * left.length)];
    state.given.push({ id: inject.id, at: Math.round(state.elapsed) });
    turn.replaceChildren(element("p", "runner-lead", "突发情况，交给" + inject.to), element("p", "runner-says", inject.situation), element("p", "", "应当：" + inject.expects));
    record("突发情况：" + inject.situation);
    say("突发情况，交给" + inject.to + "：" + inject.situation);
  }

  // --- the end: scorecard, log, files ---------------------------------------------------------------

  function end() {
    state.finished = true;
    pause();
    dialog.close();
    results();
    document.getElementById("scores").scrollIntoView();
  }

  var out = element("div", "drill-out");
  function results() {
    if (!state || !state.finished) { out.replaceChildren(); return; }
    var record = element("textarea");
    record.readOnly = true;
    record.rows = 3;
    record.setAttribute("aria-label", "演练记录（可复制）");
    record.value = csv();
    out.replaceChildren(element("h3", "", "这次演练的记录（没有姓名）"), logTable(), form(), record, files(),
      element("p", "", "CSV 交给规划人员，运行 yingji records import 文件名，就计入指标页。"));
  }

  function logTable() {
    var list = element("ol", "drill-log");
    state.log.forEach(function (entry) { list.append(element("li", "", clock(entry.at) + " " + entry.text)); });
    return list;
  }

  var FIELDS = [["region", "地区代码（六位）", "[1-9][0-9]{5}"], ["unit", "单位代码（没有就不填）", "[0-9A-Za-z\\-]{1,24}"], ["persons", "参加人数", "[0-9]{1,7}"], ["level", "级别", ""]];
  function form() {
    var box = element("p", "drill-record");
    FIELDS.forEach(function (field) {
      var label = element("label", "field", field[1] + " ");
      var input = field[0] === "level" ? levels() : element("input");
      input.dataset.record = field[0];
      if (field[2]) input.pattern = field[2];
      input.value = (state.record || {})[field[0]] || "";
      input.addEventListener("input", function () {
        state.record = state.record || {};
        state.record[field[0]] = input.value.trim();
        keep();
        out.querySelector("textarea").value = csv();
      });
      label.append(input);
      box.append(label);
    });
    return box;
  }

  function levels() {
    var select = element("select");
    select.append(new Option("", ""));
    sheet.querySelectorAll("#levels + table th[scope=row]").forEach(function (cell) {
      select.append(new Option(cell.textContent, cell.textContent));
    });
    return select;
  }

  function csv() {
    var score = window.yingjiScore.total(), record = state.record || {};
    var result = score.voids.length || score.open ? ["", ""] : [score.points + "/100", "分"];
    var row = [state.id, state.began, record.region || "", record.unit || "", "演练", "drills/" + drill.dataset.drill, drill.dataset.hash, record.level || "", record.persons || "", record.persons || ""].concat(result);
    return "id,date,region,unit,activity,item,hash,level,persons,person_times,result,measured\r\n" + row.join(",") + "\r\n";
  }

  function files() {
    var bar = element("p", "runner-buttons");
    bar.append(
      button("下载 CSV", function () { device.download("drill-" + state.id + ".csv", "\ufeff" + csv(), "text/csv"); }), " ",
      button("下载 JSON（全部记录）", function () { device.download("drill-" + state.id + ".json", json(), "application/json"); }), " ",
      button("打印", function () { print(); }), " ",
      button("清除这次记录", clear));
    return bar;
  }

  function json() {
    keep();
    return JSON.stringify({ yingji_drill: 1, drill: drill.dataset.drill, score: window.yingjiScore.total(), run: state }, null, 1);
  }

  function clear() {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
    state = null;
    location.reload();
  }

  function restore() {
    if (state.scores) window.yingjiScore.put(state.scores);
    sheet.querySelectorAll("[data-void]").forEach(function (box, place) { box.checked = Boolean(state.voids[place]); });
    sheet.querySelectorAll("[data-review]").forEach(function (area) { area.value = state.review[area.dataset.review] || ""; });
    results();
  }

  // --- the way in -------------------------------------------------------------------------------------

    build();
  sheet.querySelector("[data-drill-result]").after(out);
  drill.append(button(state && !state.finished ? "接着演练" : "开始演练（大屏时钟）", function () {
    if (!state || state.finished) { state = fresh(); results(); }
    shown = "";
    dialog.showModal();
    draw();
  }));
  sheet.addEventListener("input", function (event) {
    if (state && event.target.closest("[data-score], .voids, .review")) { keep(); results(); }
  });
  if (state) {
    restore();
    if (state.running) { dialog.showModal(); resume(); draw(); }
  }
})();
