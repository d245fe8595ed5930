// Says, by the reader's own clock, that a plan's period is over or a page's review is due.
// Copies on a stick are read years later; the build's date would be the wrong clock.
(function () {
  "use strict";
  var today = new Date();

  function say(element, text) {
    var note = document.createElement("strong");
    note.className = "out-of-date";
    note.textContent = text;
    element.append(" ", note);
  }

  document.querySelectorAll(".period[data-last]").forEach(function (element) {
    var last = Number(element.dataset.last);
    if (today.getFullYear() > last) say(element, "规划期已在" + last + "年结束。");
  });

  document.querySelectorAll(".reviewed[data-reviewed]").forEach(function (element) {
    var due = new Date(element.dataset.reviewed);
    due.setMonth(due.getMonth() + Number(element.dataset.months));
    if (today > due) say(element, "已过复查期,请核对来源是否有新版本。");
  });
})();
