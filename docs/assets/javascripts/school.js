// A school's own words in the letter and the lesson, and another choice of topics. Nothing is kept or sent.
(function () {
  "use strict";
  var box = document.querySelector("[data-school-fields]");
  if (!box) return;
  var sheet = box.closest("article");

  box.addEventListener("input", function (event) {
    var name = event.target.dataset.blank, value = event.target.value;
    if (event.target.type === "date" && value) {
      var parts = value.split("-").map(Number);
      value = parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
    }
    sheet.querySelectorAll("[data-fill]").forEach(function (place) {
      if (place.dataset.fill !== name) return;
      place.textContent = value || "〔" + name + "〕";
      place.classList.toggle("filled", Boolean(value));
    });
  });

  var chosen = sheet.querySelector("[data-topics]"), others = sheet.querySelector("[data-others]");
  if (!others) return;

  // The letter names what is taught now.
  function name() {
    var names = Array.from(chosen.querySelectorAll("[data-topic]")).map(function (topic) { return topic.dataset.name; });
    sheet.querySelectorAll("[data-fill='主题']").forEach(function (place) { place.textContent = names.join("、"); });
  }

  // Taking a topic puts it among the chosen, and the oldest choice back.
  function offer(topic) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "讲这个";
    button.className = "md-button";
    button.addEventListener("click", function () {
      button.remove();
      var first = chosen.querySelector("[data-topic]");
      others.append(first);
      offer(first);
      chosen.append(topic);
      topic.tabIndex = -1;
      topic.focus();
      name();
    });
    topic.append(button);
  }
  others.querySelectorAll("[data-topic]").forEach(offer);
})();
