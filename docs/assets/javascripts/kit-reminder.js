// Gathers the dates of expiry that a reader has typed into one text to copy to a memo or a chat.
// A calendar file made by the page would be refused by WeChat's browser; text never is.
(function () {
  "use strict";
  var list = document.querySelector("[data-expiry]");
  if (!list) return;
  var empty = list.textContent;

  function nameOf(field) {
    var item = field.closest("li").querySelector(".what").textContent;
    return item.split("：")[0];
  }

  function show() {
    var lines = Array.from(document.querySelectorAll('.marks input[name$=".到期"]')).filter(function (field) {
      return field.value.trim();
    }).map(function (field) {
      return nameOf(field) + "：" + field.value.trim();
    });
    list.textContent = lines.length ? ["应急物资到期的日期"].concat(lines).join("\n") : empty;
  }

  document.querySelector("article").addEventListener("input", show);
  document.addEventListener("yingji:sheet", show); // worksheet.js has filled the fields in, or emptied them
  show();
})();
