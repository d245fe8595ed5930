// A paper to print: questions as drawn, options as mixed by the seed, the key on a page of its own.
(function () {
  "use strict";
  var LETTERS = "ABCDEFGH";

  function make(tag, text) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    return element;
  }

  function asked(question) {
    var item = make("li");
    if (question.scene) item.append(make("p", question.scene));
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

  window.yingjiPaper = function (title, questions, seed) {
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
    paper.append(make("h2", title + "（卷号 " + seed + "）"), make("p", "班级或村：____________ 姓名：____________ 日期：____________"), list, page);
    return paper;
  };
})();
