// Where the nearest shelters lie: markers, rings of distance and a scale on plain ground. Leaflet is
// loaded on the tap; there are no tiles, no outline, and no request to any other place.
(function () {
  "use strict";
  var block = document.querySelector("[data-nearest]");
  var button = block && block.querySelector("[data-map]");
  if (!button) return;
  var plot = block.querySelector(".shelter-map");
  var LABEL = { permanent: true, direction: "right", offset: [6, 0], className: "shelter-label" };
  var METRES_A_DEGREE = 111320;
  var rings = [250, 500, 1000, 2000, 5000];
  var found = null, map = null, marks = null;

  block.addEventListener("nearest", function (event) {
    found = event.detail;
    button.hidden = Boolean(map) || !found.best.length;
    plot.hidden = !map || !found.best.length;
    if (map && found.best.length) draw();
  });

  function load() {
    var address = button.dataset.map;
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = address.replace(/js$/, "css");
    document.head.append(style);
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function begin() {
    plot.hidden = false;
    map = L.map(plot, { attributionControl: false, zoomSnap: 0.5, scrollWheelZoom: false });
    L.control.scale({ imperial: false }).addTo(map);
    marks = L.layerGroup().addTo(map);
    draw();
  }

  function draw() {
    var centre = [found.from[1], found.from[0]];
    var farthest = found.best[found.best.length - 1].metres;
    marks.clearLayers();
    rings.filter(function (ring, number) { return ring < farthest * 1.2 || number < 2; }).forEach(function (ring) {
      L.circle(centre, { radius: ring, fill: false, weight: 1, dashArray: "4 4", interactive: false }).addTo(marks);
      // On the ring's north, where the rings stand apart.
      L.tooltip({ permanent: true, direction: "top", className: "shelter-ring" })
        .setLatLng([centre[0] + ring / METRES_A_DEGREE, centre[1]])
        .setContent(ring < 1000 ? ring + " 米" : ring / 1000 + " 公里").addTo(marks);
    });
    L.circleMarker(centre, { radius: 5, weight: 3 }).bindTooltip("出发处", LABEL).addTo(marks);
    // Numbers as in the list: names would cover each other.
    found.best.forEach(function (one, number) {
      L.circleMarker([one.row[found.lat], one.row[found.lon]], { radius: 8, weight: 2, fillOpacity: 0.6 })
        .bindTooltip(String(number + 1), LABEL).addTo(marks);
    });
    map.fitBounds(L.latLng(centre).toBounds(Math.max(farthest * 2.4, 600)));
  }

  button.addEventListener("click", function () {
    button.disabled = true;
    load().then(function () { begin(); button.hidden = true; }, function () {
      button.disabled = false;
      button.textContent = "方位图没有载入，再试一次";
    });
  });
})();
