// Drawing by a seed that can be typed: the same seed gives the same paper on every device, so that a class
// sits the same questions. The numbers are mulberry32's, seeded with the text's FNV-1a hash.
(function () {
  "use strict";

  function hash(text) {
    var value = 2166136261;
    for (var i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
    return value >>> 0;
  }

  function numbers(seed) {
    var state = hash(String(seed));
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      var mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  function shuffled(items, seed) {
    var next = numbers(seed);
    var result = items.slice();
    for (var i = result.length - 1; i > 0; i--) {
      var other = Math.floor(next() * (i + 1));
      var kept = result[i];
      result[i] = result[other];
      result[other] = kept;
    }
    return result;
  }

  window.yingjiDraw = { shuffled: shuffled };
})();
