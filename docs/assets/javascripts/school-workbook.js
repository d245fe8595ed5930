// The campaign report as a workbook: a row an entry, the sums worked out by the spreadsheet. Loaded with fflate on the first tap.
(function () {
  "use strict";
  var MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var TYPE = "application/vnd.openxmlformats-";
  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  var COLUMNS = ["记录编号", "日期", "地区代码", "单位代码", "类别", "活动", "人数", "人次", "到了几个", "一共几个"];
  var SUMMED = "GHIJ";

  function escape(text) {
    return text.replace(/[&<>]/g, function (sign) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;" }[sign]; })
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  }

  // A code such as 450700 is a name, not a number to add up.
  function cell(value, column) {
    if (value === "") return "<c/>";
    if (column > 5) return "<c><v>" + Number(value) + "</v></c>";
    return '<c t="inlineStr"><is><t xml:space="preserve">' + escape(String(value)) + "</t></is></c>";
  }

  function line(cells) { return "<row>" + cells.map(cell).join("") + "</row>"; }

  // `8/10` of the record is two numbers here.
  function split(row) {
    return row.slice(0, 8).concat(row[8] ? row[8].split("/") : ["", ""]);
  }

  function sums(rows) {
    var last = rows.length + 1;
    var cells = Array.from(SUMMED, function (letter, place) {
      var total = rows.reduce(function (sum, row) { return sum + Number(row[6 + place]); }, 0);
      return '<c r="' + letter + (last + 1) + '"><f>SUM(' + letter + "2:" + letter + last + ")</f><v>" + total + "</v></c>";
    });
    return '<row r="' + (last + 1) + '"><c r="A' + (last + 1) + '" t="inlineStr"><is><t>合计</t></is></c>' + cells.join("") + "</row>";
  }

  window.yingjiCampaignBook = function (records) {
    var rows = records.map(split);
    var head = "<row>" + COLUMNS.map(function (name) { return cell(name, 0); }).join("") + "</row>";
    var parts = {
      "[Content_Types].xml": '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="rels" ContentType="' + TYPE + 'package.relationships+xml"/>' +
        '<Override PartName="/xl/workbook.xml" ContentType="' + TYPE + 'officedocument.spreadsheetml.sheet.main+xml"/>' +
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + TYPE + 'officedocument.spreadsheetml.worksheet+xml"/></Types>',
      "_rels/.rels": '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="r1" Type="' + OFFICE + '/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      "xl/workbook.xml": '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets><sheet name="宣教记录" sheetId="1" r:id="r1"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels": '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="r1" Type="' + OFFICE + '/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      "xl/worksheets/sheet1.xml": '<worksheet xmlns="' + MAIN + '"><sheetFormatPr defaultColWidth="14"/><sheetData>' + head + rows.map(line).join("") + sums(rows) + "</sheetData></worksheet>",
    };
    var packed = {};
    Object.keys(parts).forEach(function (name) { packed[name] = window.fflate.strToU8(HEAD + parts[name]); });
    return window.fflate.zipSync(packed);
  };
})();
