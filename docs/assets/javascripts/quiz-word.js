// A paper as a Word file, set like the one on the page. Loaded with fflate on the first tap.
(function () {
  "use strict";
  var W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  var TYPE = "application/vnd.openxmlformats-";

  function escape(text) {
    return text.replace(/[&<>]/g, function (sign) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;" }[sign]; })
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  }

  function paragraph(line) {
    var before = line.newPage ? "<w:pageBreakBefore/>" : "";
    var look = before + '<w:spacing w:before="' + (line.indent ? 0 : 160) + '" w:after="40"/><w:ind w:left="' + (line.indent || 0) + '"/>';
    var run = line.bold ? "<w:rPr><w:b/></w:rPr>" : "";
    return "<w:p><w:pPr>" + look + "</w:pPr><w:r>" + run + '<w:t xml:space="preserve">' + escape(line.text) + "</w:t></w:r></w:p>";
  }

  window.yingjiPaperWord = function (lines) {
    var page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';
    var parts = {
      "[Content_Types].xml": '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="rels" ContentType="' + TYPE + 'package.relationships+xml"/>' +
        '<Override PartName="/word/document.xml" ContentType="' + TYPE + 'officedocument.wordprocessingml.document.main+xml"/></Types>',
      "_rels/.rels": '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="r1" Type="' + OFFICE + '" Target="word/document.xml"/></Relationships>',
      "word/document.xml": '<w:document xmlns:w="' + W + '"><w:body>' + lines.map(paragraph).join("") + page + "</w:body></w:document>",
    };
    var packed = {};
    Object.keys(parts).forEach(function (name) { packed[name] = window.fflate.strToU8(HEAD + parts[name]); });
    return window.fflate.zipSync(packed);
  };
})();
