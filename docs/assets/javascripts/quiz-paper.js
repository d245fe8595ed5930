// A paper to print or to take as a Word file: questions as drawn, options as mixed by the seed, the key on a
// page of its own.
(function () {
  "use strict";
  var here = document.currentScript.src;
  var LETTERS = "ABCDEFGH";
  var BLANKS = "班级或村：____________ 日期：____________";

  function make(tag, text) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    return element;
  }

  function asked(question) {
    var item = make("li");
    if (question.scene) item.append(make("p", question.scene));
    if (question.picture) item.append(question.picture.cloneNode());
    item.append(make("p", question.text));
    var options = make("ol");
    options.type = "A";
    question.options.forEach(function (option) { options.append(make("li", option.text)); });
    item.append(options);
    return item;
  }

  // Letters as printed: the right ones, or for an ordering question all of them in their order.
  function key(question) {
    var printed = question.options.map(function (option, index) { return { letter: LETTERS[index], option: option }; });
    var right = question.ordered
      ? printed.sort(function (a, b) { return a.option.place - b.option.place; })
      : printed.filter(function (entry) { return entry.option.right; });
    return right.map(function (entry) { return entry.letter; }).join("");
  }

  function lay(title, questions, seed) {
    var paper = make("div");
    var list = make("ol");
    var page = make("div");
    var keys = make("ol");
    paper.className = "paper";
    page.className = "paper-key";
    questions.forEach(function (question) {
      list.append(asked(question));
      keys.append(make("li", key(question)));
    });
    page.append(make("h2", "答案（卷号 " + seed + "）"), keys);
    paper.append(make("h2", title + "（卷号 " + seed + "）"), make("p", BLANKS), list, page);
    return paper;
  }

  // The same, a paragraph a line.
  function lines(title, questions, seed) {
    var all = [{ text: title + "（卷号 " + seed + "）", bold: true }, { text: BLANKS }];
    questions.forEach(function (question, index) {
      var before = [question.scene, question.picture && "［图：" + question.picture.alt + "］"].filter(Boolean).join(" ");
      all.push({ text: index + 1 + ". " + (before && before + " ") + question.text, bold: true });
      question.options.forEach(function (option, place) { all.push({ text: LETTERS[place] + ". " + option.text, indent: 480 }); });
    });
    all.push({ text: "答案（卷号 " + seed + "）", bold: true, newPage: true });
    questions.forEach(function (question, index) { all.push({ text: index + 1 + ". " + key(question), indent: 240 }); });
    return all;
  }

  function word(title, questions, seed) {
    var ready = window.yingjiPaperWord ? Promise.resolve() : Promise.all(["../vendor/fflate.js", "quiz-word.js"].map(function (path) { return window.yingjiDevice.load(new URL(path, here)); }));
    return ready.then(function () {
      window.yingjiDevice.download("paper-" + seed.replace(/[^0-9A-Za-z-]/g, "_") + ".docx", window.yingjiPaperWord(lines(title, questions, seed)),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    });
  }

  window.yingjiPaper = { lay: lay, word: word };
})();
