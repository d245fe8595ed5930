// Loads the directory's data files by script tag, each once: a page opened from a disk may not fetch.
(function () {
  "use strict";
  var loaded = {};
  var waiting = {};

  window.yingjiShelters = function (name, data) {
    if (waiting[name]) waiting[name](data);
  };

  // `folder` ends in a slash; resolves with what the file holds.
  window.yingjiShelterData = function (folder, name) {
    if (!loaded[name]) {
      loaded[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        waiting[name] = resolve;
        script.src = folder + name + ".js";
        script.onerror = function () {
          delete loaded[name];
          reject(new Error(name));
        };
        document.head.append(script);
      });
    }
    return loaded[name];
  };
})();
