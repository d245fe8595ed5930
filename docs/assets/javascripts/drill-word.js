// The Word file with the blanks filled in: the same document that was built ahead, with words in place of
// its 〔blanks〕. What nothing was typed for stays a line to write on.
(function () {
  "use strict";
  var LINE = "＿＿＿＿＿＿";

  function escape(text) {
    return text.replace(/[&<>]/g, function (sign) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;" }[sign]; })
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  }

  window.yingjiWord = function (template, values) {
    var packed = Uint8Array.from(atob(template), function (sign) { return sign.charCodeAt(0); });
    var parts = fflate.unzipSync(packed);
    var body = fflate.strFromU8(parts["word/document.xml"]);
    body = body.replace(/〔([^〔〕<>]{1,12})〕/g, function (all, name) {
      if (values[name]) return escape(values[name]);
      return /^第\d+组/.test(name) ? "" : LINE + "（" + name + "）";
    });
    parts["word/document.xml"] = fflate.strToU8(body);
    return fflate.zipSync(parts, { level: 6 });
  };
})();
