// A copy button after each text to pass on. The clipboard is refused on plain-http LAN pages, so the
// text is then selected and the old command tried; selecting by hand always works.
(function () {
  "use strict";

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  function copy(element) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(element.textContent);
    select(element);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
  }

  document.querySelectorAll("[data-copy]").forEach(function (element) {
    var words = document.createElement("span"); // without the button, and as they are when copied
    words.append.apply(words, element.childNodes);
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "复制";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      copy(words).then(
        function () { button.textContent = "已复制"; },
        function () { select(words); button.textContent = "请长按复制"; }
      );
    });
    element.append(words, " ", button);
  });
})();
