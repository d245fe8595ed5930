// Marks this month, by the reader's clock: in the year at a glance, and in a place's list of days.
(function () {
  "use strict";
  var month = String(new Date().getMonth() + 1);
  document.querySelectorAll("ol.year > [data-month='" + month + "']").forEach(function (box) {
    box.setAttribute("aria-current", "date");
  });
  document.querySelectorAll("[data-campaigns]").forEach(function (list) {
    var now = Array.from(list.querySelectorAll("[data-month='" + month + "']"));
    if (!now.length) return;
    var said = document.createElement("b");
    said.textContent = "（就在这个月）";
    now.forEach(function (day) { day.append(said.cloneNode(true)); });
    now.reverse().forEach(function (day) { list.prepend(day); });
  });
})();
