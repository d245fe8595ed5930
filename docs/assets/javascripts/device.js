// What exercises and reports ask of the reader's device: a file to keep, a number without a name, today's date.
(function () {
  "use strict";
  var LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that look alike on paper

  function download(name, content, type) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  function randomId() {
    var id = "";
    crypto.getRandomValues(new Uint8Array(12)).forEach(function (byte) { id += LETTERS[byte % LETTERS.length]; });
    return id;
  }

  // The reader's own date, not the one in Greenwich.
  function today() {
    var now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  // A script that is only needed on a tap; from a disk there is no other way to fetch anything.
  function load(src) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = src;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  window.yingjiDevice = { download: download, randomId: randomId, today: today, load: load };
})();
