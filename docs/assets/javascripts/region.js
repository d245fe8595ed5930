// Remembers the chosen place on this device, marks it, and lets search prefer it.
(function () {
  "use strict";
  var KEY = "yingji.region";

  function read() {
    try { return localStorage.getItem(KEY); } catch (blocked) { return null; }
  }

  function write(slug) {
    try { localStorage.setItem(KEY, slug); } catch (blocked) { /* private mode: nothing to keep */ }
  }

  document.querySelectorAll("[data-choose-region] [data-region]").forEach(function (place) {
    if (place.dataset.region === read()) place.setAttribute("aria-current", "true");
    place.addEventListener("click", function () { write(place.dataset.region); });
  });
})();
