// Filters a table by the data-* attributes of its rows; without JavaScript the whole table stands.
(function () {
  "use strict";

  function enable(filters) {
    var rows = document.querySelectorAll("#" + filters.dataset.filterTable + " tbody tr");
    var selects = filters.querySelectorAll("select");

    function fits(row) {
      return Array.from(selects).every(function (select) {
        return !select.value || row.dataset[select.dataset.column] === select.value;
      });
    }

    function apply() {
      var shown = 0;
      rows.forEach(function (row) {
        row.hidden = !fits(row);
        if (!row.hidden) shown += 1;
      });
      filters.querySelector("output").textContent = "显示 " + shown + " 项";
    }

    selects.forEach(function (select) { select.addEventListener("change", apply); });
    filters.hidden = false;
  }

  document.querySelectorAll("[data-filter-table]").forEach(enable);
})();
