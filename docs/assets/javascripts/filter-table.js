// Filters the rows of a page's tables by their data-* attributes; a table left empty hides with its
// heading. Without JavaScript everything stands.
(function () {
  "use strict";
  var filters = document.querySelector("[data-filter-tables]");
  if (!filters) return;
  var rows = document.querySelectorAll("article tbody tr");
  var tables = document.querySelectorAll("article table");
  var selects = filters.querySelectorAll("select");

  function fits(row) {
    return Array.from(selects).every(function (select) {
      return !select.value || row.dataset[select.dataset.column] === select.value;
    });
  }

  function heading(table) {
    var above = table.closest(".md-typeset__scrollwrap") || table;
    while (above && above.tagName !== "H2") above = above.previousElementSibling;
    return above;
  }

  function hideEmpty(table) {
    table.hidden = !table.querySelector("tbody tr:not([hidden])");
    var title = heading(table);
    if (title) title.hidden = table.hidden;
  }

  function apply() {
    var shown = 0;
    rows.forEach(function (row) {
      row.hidden = !fits(row);
      if (!row.hidden) shown += 1;
    });
    tables.forEach(hideEmpty);
    filters.querySelector("output").textContent = "显示 " + shown + " 项";
  }

  selects.forEach(function (select) { select.addEventListener("change", apply); });
})();
