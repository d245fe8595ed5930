// One part of a page on paper: from its heading to the next, with the part that it leans on (data-with), and nothing else.
(function () {
  "use strict";
  function under(heading) {
    var part = [];
    for (var one = heading; one && (one === heading || one.tagName !== "H2"); one = one.nextElementSibling) part.push(one);
    return part;
  }

  document.querySelectorAll("[data-print-part]").forEach(function (button) {
    var bar = button.parentElement, heading = bar.previousElementSibling;
    var part = under(heading).concat(button.dataset.with ? under(document.getElementById(button.dataset.with)) : []);
    button.hidden = false;
    button.addEventListener("click", function () {
      var sheet = bar.parentElement;
      var keys = sheet.querySelectorAll("details.key"), open = Array.from(keys, function (key) { return key.open; });
      keys.forEach(function (key) { key.open = true; });
      part.forEach(function (element) { element.dataset.printed = ""; });
      sheet.dataset.printing = "";
      print();
      delete sheet.dataset.printing;
      part.forEach(function (element) { delete element.dataset.printed; });
      keys.forEach(function (key, place) { key.open = open[place]; });
    });
  });
})();
