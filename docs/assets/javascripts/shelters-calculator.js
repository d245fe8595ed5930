// Effective area by people, against the 1.5 square metres of GB 21734-2008.
(function () {
  "use strict";
  var box = document.querySelector("[data-area-calculator]");
  if (!box) return;
  var LEAST = 1.5;
  var area = box.querySelector("[data-area]");
  var people = box.querySelector("[data-people]");
  var said = box.querySelector("output");

  function number(field) {
    return Number(field.value.normalize("NFKC").replace(/[,\s]/g, "")) || 0;
  }

  box.addEventListener("input", function () {
    var squares = number(area), heads = number(people);
    if (!(squares > 0 && heads > 0)) { said.textContent = ""; return; }
    var each = squares / heads;
    var enough = Math.floor(squares / LEAST);
    said.textContent = "人均 " + each.toFixed(2) + " 平方米，" +
      (each > LEAST ? "够" : "不够：按 1.5 平方米最多容纳 " + enough + " 人，还差 " + Math.ceil(heads * LEAST - squares) + " 平方米");
  });
})();
