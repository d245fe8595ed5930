// Says, by the reader's own clock, that a plan's period is over or a page's review is due.
// Copies on a stick are read years later; the build's date would be the wrong clock.
(function () {
  "use strict";
  var today = new Date();

  // The note's place is kept free by the stylesheet, so that nothing moves when it appears.
  function say(element) {
    var note = element.querySelector(".out-of-date");
    note.textContent = note.dataset.note;
  }

  document.querySelectorAll(".period[data-last]").forEach(function (element) {
    var last = Number(element.dataset.last);
    if (today.getFullYear() > last) say(element);
  });

  document.querySelectorAll(".reviewed[data-due]").forEach(function (element) {
    if (today > new Date(element.dataset.due + "T24:00")) say(element); // the reader's own midnight
  });
})();
