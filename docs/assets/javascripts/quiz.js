// Four ways to use a quiz: practice, exam, class, paper. The page holds the questions; nothing leaves the
// device; quiz-store.js keeps progress there.
(function () {
  "use strict";
  var root = document.querySelector("[data-quiz]");
  if (!root) return;
  var BANDS = ["小学低段", "小学高段", "初中", "高中", "大学", "成人", "老年人", "企业员工", "志愿者"];
  var draw = window.yingjiDraw;
  var slips = window.yingjiSlip;
  var store = window.yingjiStore;
  var bar = document.querySelector("[data-quiz-bar]");
  var result = document.querySelector("[data-quiz-result]");
  var quiz = { id: root.dataset.quiz, hash: root.dataset.hash, title: root.dataset.title, band: root.dataset.band,
    pass: Number(root.dataset.pass), minutes: root.dataset.minutes };
  var questions = Array.from(root.querySelectorAll("[data-question]")).map(readQuestion);
  var mode = "practice";
  var timer = null;

  // --- what stands in the page ---------------------------------------------------------------

  function readQuestion(section) {
    var list = section.querySelector(".options");
    return {
      id: section.dataset.question, kind: section.dataset.kind, section: section, list: list,
      title: section.querySelector("h2"), answer: section.querySelector(".answer"),
      options: Array.from(list.children).map(function (item) {
        return { item: item, place: Number(item.dataset.place), right: "right" in item.dataset, text: item.querySelector("span").textContent };
      }),
    };
  }

  function make(tag, text, attributes) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    Object.keys(attributes || {}).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return element;
  }

  function button(text, run) {
    var element = make("button", text, { type: "button" });
    element.addEventListener("click", run);
    return element;
  }

  function field(text, attributes) {
    var label = make("label", text + " ");
    var input = make("input", "", Object.assign({ type: "text", autocomplete: "off" }, attributes));
    label.append(input);
    label.input = input;
    return label;
  }

  function kept() { return store.read(quiz); }
  function keep(change) { store.keep(quiz, change); }

  // --- answering ---------------------------------------------------------------------------------

  function setUp(question, places) {
    question.list.textContent = "";
    inOrder(question, places).forEach(function (option) {
      option.item.textContent = "";
      option.item.removeAttribute("data-mark");
      if (question.kind === "排序") orderRow(question, option);
      else choiceRow(question, option);
      question.list.append(option.item);
    });
    question.section.removeAttribute("data-result");
    question.section.querySelectorAll(".quiz-said, .quiz-check").forEach(function (old) { old.remove(); });
    question.answer.open = false;
  }

  function inOrder(question, places) {
    return places ? places.map(function (place) {
      return question.options.find(function (option) { return option.place === place; });
    }) : question.options;
  }

  function choiceRow(question, option) {
    var input = make("input", "", { type: question.kind === "单选" ? "radio" : "checkbox", name: question.id, value: option.place });
    var label = make("label");
    input.addEventListener("change", function () { answered(question); });
    input.addEventListener("keydown", function (press) { step(press, option.item); });
    label.append(input, make("span", option.text));
    option.item.append(label);
    option.input = input;
  }

  // By keyboard an arrow would choose, and in practice be told right or wrong before the last option is read.
  // Here it only moves; the space bar chooses.
  function step(press, item) {
    var next = { ArrowDown: "nextElementSibling", ArrowRight: "nextElementSibling", ArrowUp: "previousElementSibling", ArrowLeft: "previousElementSibling" }[press.key];
    if (!next) return;
    press.preventDefault();
    if (item[next]) item[next].querySelector("input").focus();
  }

  function orderRow(question, option) {
    option.item.append(make("span", option.text), mover(question, option, -1, "上移"), mover(question, option, 1, "下移"));
  }

  function mover(question, option, step, name) {
    var element = button(name, function () {
      var item = option.item;
      var other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (step < 0) other.before(item); else other.after(item);
      element.focus();
      say(question, option.text + "，现在第" + (Array.from(question.list.children).indexOf(item) + 1) + "位");
      answered(question);
    });
    element.setAttribute("aria-label", name + "：" + option.text);
    return element;
  }

  function chosen(question) {
    if (question.kind === "排序") {
      return Array.from(question.list.children).map(function (item) { return Number(item.dataset.place); });
    }
    return question.options.filter(function (option) { return option.input && option.input.checked; })
      .map(function (option) { return option.place; });
  }

  function choose(question, places) {
    if (question.kind === "排序") {
      inOrder(question, places).forEach(function (option) { question.list.append(option.item); });
    } else {
      question.options.forEach(function (option) { option.input.checked = places.indexOf(option.place) >= 0; });
    }
  }

  function isRight(question, places) {
    if (question.kind === "排序") return places.every(function (place, index) { return place === index; });
    return question.options.every(function (option) { return option.right === (places.indexOf(option.place) >= 0); });
  }

  function key(question) {
    if (question.kind === "排序") {
      return inOrder(question, question.options.map(function (_, index) { return index; }))
        .map(function (option) { return option.text; }).join(" → ");
    }
    return question.options.filter(function (option) { return option.right; })
      .map(function (option) { return option.text; }).join("；");
  }

  function answered(question) {
    if (mode === "exam") return keepExam();
    if (mode === "practice" && question.kind === "单选") practised(question);
  }

  function say(question, text) {
    var said = question.section.querySelector(".quiz-said");
    if (!said) {
      said = make("p", "", { class: "quiz-said", role: "status" });
      question.list.after(said);
    }
    said.textContent = text;
    return said;
  }

  function show(question, places) {
    var right = isRight(question, places);
    question.section.dataset.result = right ? "right" : "wrong";
    question.options.forEach(function (option) {
      var picked = places.indexOf(option.place) >= 0;
      if (question.kind !== "排序" && (option.right || picked)) option.item.dataset.mark = option.right ? "对" : "错";
    });
    question.answer.open = true;
    question.answer.querySelector(".key b").textContent = "答案：" + key(question);
    // The letters of the printed order would mislead once options are shuffled.
    question.answer.querySelectorAll("[data-why]").forEach(function (why) {
      var option = inOrder(question, [Number(why.dataset.why)])[0];
      if (question.kind !== "排序" && !why.dataset.named) {
        why.dataset.named = "1";
        why.textContent = "“" + option.text + "”：" + why.textContent.replace(/^[A-H]：/, "");
      }
    });
    return right;
  }

  // --- practice ----------------------------------------------------------------------------------

  function practise() {
    start("practice");
    var answers = kept().answers;
    questions.forEach(function (question) {
      question.section.hidden = false;
      root.append(question.section);
      setUp(question);
      if (question.kind !== "单选") {
        var check = button("对答案", function () { practised(question); });
        check.className = "quiz-check";
        question.list.after(check);
      }
      if (answers[question.id]) {
        choose(question, answers[question.id]);
        show(question, answers[question.id]);
      }
    });
    progress();
  }

  function practised(question) {
    var places = chosen(question);
    if (!places.length) return say(question, "先选一个");
    question.options.forEach(function (option) { option.item.removeAttribute("data-mark"); });
    keep(function (own) { own.answers[question.id] = places; });
    say(question, show(question, places) ? "答对了" : "不对，看看下面的解释");
    progress();
  }

  function progress() {
    var answers = kept().answers;
    var done = questions.filter(function (question) { return answers[question.id]; });
    var right = done.filter(function (question) { return isRight(question, answers[question.id]); });
    panel.textContent = "";
    panel.append(make("p", "已做 " + done.length + " / " + questions.length + "，答对 " + right.length));
    tools.textContent = "";
    tools.append(button("导出进度", exportProgress), importer(), button("清除本机记录", clear));
  }

  function exportProgress() {
    window.yingjiDevice.download("yingji-progress.json", store.text(), "application/json");
  }

  function importer() {
    var label = make("label", "导入进度 ", { class: "file" });
    var input = make("input", "", { type: "file", accept: ".json" });
    input.addEventListener("change", function () {
      input.files[0].text().then(function (text) {
        if (store.take(text)) return practise();
        result.textContent = "这个文件不是导出的进度。原有记录没有改动。";
      });
    });
    label.append(input);
    return label;
  }

  function clear() {
    store.clear();
    practise();
    result.textContent = "已清除这台设备上的全部测验记录";
  }

  // --- exam --------------------------------------------------------------------------------------

  function askExam() {
    var running = kept().exam;
    if (running) return sit(running);
    start("exam");
    questions.forEach(function (question) { question.section.hidden = true; });
    var count = field("题数", { type: "number", min: 1, max: questions.length, value: Math.min(10, questions.length) });
    var seed = field("卷号（同一卷号，题目相同）", { value: String(Math.floor(1000 + Math.random() * 9000)), maxlength: 12 });
    var minutes = field("限时几分钟（可不填）", { type: "number", min: 1, max: 180, value: quiz.minutes });
    var code = field("班级或村的代码（可不填，不写姓名）", { maxlength: 16, pattern: "[0-9A-Za-z\\-]*" });
    panel.textContent = "";
    var band = bandChoice();
    panel.append(count, seed, minutes, code, band, button("开始", function () {
      if (!code.input.checkValidity()) { result.textContent = "代码只能用字母、数字和连字符"; return; }
      sit({ seed: seed.input.value.trim() || "1", count: Math.max(1, Math.min(questions.length, Number(count.input.value) || 10)),
        code: code.input.value, band: band.input.value, answers: {}, until: Number(minutes.input.value) ? Date.now() + Number(minutes.input.value) * 60000 : 0 });
    }));
  }

  function bandChoice() {
    var label = make("label", "学段或人群（可不选） ");
    label.input = make("select");
    [""].concat(BANDS).forEach(function (name) { label.input.append(make("option", name)); });
    label.input.value = quiz.band;
    label.append(label.input);
    return label;
  }

  function drawn(seed, count) {
    return draw.shuffled(questions, seed + "/" + quiz.id).slice(0, count);
  }

  function order(question, seed) {
    var places = question.options.map(function (option) { return option.place; });
    var mixed = draw.shuffled(places, seed + "/" + question.id);
    var solved = question.kind === "排序" && mixed.every(function (place, index) { return place === index; });
    return solved ? mixed.reverse() : mixed;
  }

  function sit(exam) {
    start("exam");
    keep(function (own) { own.exam = exam; });
    var paper = drawn(exam.seed, exam.count);
    questions.forEach(function (question) { question.section.hidden = true; });
    paper.forEach(function (question, index) {
      setUp(question, order(question, exam.seed));
      question.section.hidden = false;
      question.title.querySelector(".number").textContent = index + 1 + ".";
      question.answer.hidden = true;
      root.append(question.section);
      if (exam.answers[question.id]) choose(question, exam.answers[question.id]);
    });
    panel.textContent = "";
    var clock = make("output");
    panel.append(make("p", "考试 · 卷号 " + exam.seed + " · " + paper.length + " 题"), clock,
      button("放弃", function () { keep(function (own) { own.exam = null; }); practise(); }));
    result.append(button("交卷", function () { finish(exam, paper); }));
    if (exam.until) timer = setInterval(function () { tick(exam, paper, clock); }, 1000);
  }

  function tick(exam, paper, clock) {
    var left = Math.round((exam.until - Date.now()) / 1000);
    clock.textContent = "还有 " + Math.max(0, Math.floor(left / 60)) + " 分 " + Math.max(0, left % 60) + " 秒";
    if (left <= 0) finish(exam, paper);
  }

  function keepExam() {
    keep(function (own) {
      if (!own.exam) return;
      drawn(own.exam.seed, own.exam.count).forEach(function (question) { own.exam.answers[question.id] = chosen(question); });
    });
  }

  function finish(exam, paper) {
    clearInterval(timer);
    mode = "done";
    var missed = paper.filter(function (question) {
      question.answer.hidden = false;
      return !show(question, chosen(question));
    });
    var right = paper.length - missed.length;
    var line = slips.make({ quiz: quiz.id, hash: quiz.hash, band: exam.band || "", right: right, total: paper.length, code: exam.code,
      missed: missed.map(function (question) { return question.id; }) });
    keep(function (own) { own.exam = null; own.exams.push(line); });
    panel.textContent = "";
    panel.append(button("再考一次", askExam), button("回到练习", practise));
    result.textContent = "";
    var passed = right * 100 >= quiz.pass * paper.length;
    var head = make("h2", right + " / " + paper.length + "，" + (passed ? "合格" : "还没合格（要 " + quiz.pass + "%）"), { tabindex: "-1" });
    result.append(head, readAgain(missed), slips.view(line, quiz.title));
    head.focus();
  }

  function readAgain(missed) {
    var list = make("ul");
    missed.forEach(function (question) {
      var item = make("li", question.title.textContent.trim() + " ");
      item.append(question.answer.querySelector(".from a").cloneNode(true));
      list.append(item);
    });
    var box = make("div");
    if (missed.length) box.append(make("p", "答错的题，再读一遍："), list);
    return box;
  }

  // --- class: projector, show of hands -------------------------------------------------------------

  function teach() {
    start("class");
    var at = 0;
    var total = { right: 0, hands: 0 };
    var shown = {};
    function turn(step) {
      at = Math.max(0, Math.min(questions.length - 1, at + step));
      questions.forEach(function (question, index) { question.section.hidden = index !== at; });
      var question = questions[at];
      if (!shown[question.id]) prepare(question);
      bars();
      question.title.setAttribute("tabindex", "-1");
      question.title.focus();
    }
    function prepare(question) {
      setUp(question);
      question.answer.hidden = true;
      if (question.kind === "单选") question.options.forEach(hands);
    }
    function reveal() {
      var question = questions[at];
      if (shown[question.id]) return;
      shown[question.id] = true;
      question.answer.hidden = false;
      question.options.forEach(function (option) {
        var raised = option.hands ? Number(option.hands.value) || 0 : 0;
        total.hands += raised;
        if (option.right) total.right += raised;
      });
      show(question, question.kind === "排序" ? question.options.map(function (_, i) { return i; })
        : question.options.filter(function (o) { return o.right; }).map(function (o) { return o.place; }));
      bars();
    }
    function bars() {
      panel.textContent = "";
      panel.append(make("p", "第 " + (at + 1) + " / " + questions.length + " 题。累计举手 " + total.hands + "，答对 " + total.right +
        (total.hands ? "（" + Math.round(total.right * 100 / total.hands) + "%）" : "")),
        button("上一题", function () { turn(-1); }), button("揭晓", reveal), button("下一题", function () { turn(1); }));
    }
    root.classList.add("projector");
    turn(0);
  }

  function hands(option) {
    option.item.textContent = "";
    var box = field("举手", { type: "number", min: 0, max: 999, value: 0, "aria-label": "举手人数：" + option.text });
    var plus = button("+1", function () { box.input.value = Number(box.input.value) + 1; });
    plus.setAttribute("aria-label", "加一人：" + option.text);
    option.hands = box.input;
    option.item.append(make("span", option.text), box, plus);
  }

  // --- paper ---------------------------------------------------------------------------------------

  function askPaper() {
    start("paper");
    questions.forEach(function (question) { question.section.hidden = true; });
    var count = field("题数", { type: "number", min: 1, max: questions.length, value: questions.length });
    var seed = field("卷号", { value: "1", maxlength: 12 });
    panel.textContent = "";
    panel.append(count, seed, button("排好", function () {
      layOut(seed.input.value.trim() || "1", Number(count.input.value) || questions.length);
    }), button("打印", function () { print(); }));
    layOut("1", questions.length);
  }

  function layOut(seed, count) {
    var paper = drawn(seed, count).map(function (question) {
      var scene = question.section.querySelector(".scene");
      return { scene: scene && scene.textContent, text: question.title.textContent.replace(/^\s*\d+\.\s*/, ""),
        picture: question.section.querySelector("img"), ordered: question.kind === "排序", options: inOrder(question, order(question, seed)) };
    });
    result.textContent = "";
    result.append(button("这份卷子的 Word 文件", function () { window.yingjiPaper.word(quiz.title, paper, seed); }),
      window.yingjiPaper.lay(quiz.title, paper, seed));
  }

  // --- the bar -------------------------------------------------------------------------------------

  function start(next) {
    clearInterval(timer);
    mode = next;
    result.textContent = tools.textContent = "";
    root.classList.remove("projector");
    document.documentElement.dataset.quizMode = next;
    modes.forEach(function (entry) { entry.button.setAttribute("aria-pressed", String(entry.mode === next)); });
    questions.forEach(function (question, index) {
      question.answer.hidden = false;
      question.title.querySelector(".number").textContent = index + 1 + ".";
    });
  }

  var panel = make("div", "", { class: "quiz-panel" });
  var tools = make("div", "", { class: "quiz-tools" });
  var modes = [["practice", "练习", practise], ["exam", "考试", askExam], ["class", "课堂", teach], ["paper", "试卷", askPaper]]
    .map(function (entry) { return { mode: entry[0], button: button(entry[1], entry[2]) }; });
  var row = make("div", "", { class: "quiz-modes", role: "group", "aria-label": "用法" });
  modes.forEach(function (entry) { row.append(entry.button); });
  bar.append(row, panel);
  result.after(tools);
  if (kept().exam) sit(kept().exam); else practise();
})();
