// Large text, remembered on this device. Loaded in the head, so that no page jumps after it is drawn.
(function () {
  "use strict";
  var KEY = "yingji.large-text";
  var root = document.documentElement;

  function remembered() {
    try { return localStorage.getItem(KEY) === "yes"; } catch (blocked) { return false; }
  }

  function remember(on) {
    try { localStorage.setItem(KEY, on ? "yes" : "no"); } catch (blocked) { /* private mode */ }
  }

  function show(button) {
    var on = root.classList.contains("large-text");
    button.setAttribute("aria-pressed", String(on));
  }

  root.classList.toggle("large-text", remembered());
  // The theme's script says so only once it has come, and the whole page is then laid out again.
  root.classList.replace("no-js", "js");

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-large-text]");
    if (!button) return;
    show(button);
    button.addEventListener("click", function () {
      remember(root.classList.toggle("large-text"));
      show(button);
    });
  });
})();
