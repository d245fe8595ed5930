// Reads the page aloud with a Chinese voice of the device itself; remote voices would send the text away.
(function () {
  "use strict";
  var button = document.querySelector("[data-read-aloud]");
  var speech = window.speechSynthesis;
  if (!button || !speech) return;

  function localVoice() {
    return speech.getVoices().find(function (voice) {
      return voice.localService && /^(zh|cmn)/i.test(voice.lang);
    });
  }

  function offer() {
    button.hidden = !localVoice();
  }

  function lines() {
    var parts = document.querySelectorAll("article h1, article .first, article h2, article li, article dd, article blockquote");
    return Array.from(parts).map(function (part) {
      var copy = part.cloneNode(true);
      copy.querySelectorAll("button, rt, rp, .cite, .headerlink, .grade, .marks, ul, ol").forEach(function (extra) { extra.remove(); });
      return copy.textContent.trim();
    }).filter(Boolean);
  }

  function stop() {
    speech.cancel();
    button.setAttribute("aria-pressed", "false");
  }

  function start() {
    var voice = localVoice();
    var texts = lines();
    button.setAttribute("aria-pressed", "true");
    texts.forEach(function (text, index) {
      var utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      if (index === texts.length - 1) utterance.onend = stop;
      speech.speak(utterance);
    });
  }

  offer();
  speech.addEventListener && speech.addEventListener("voiceschanged", offer);
  button.addEventListener("click", function () {
    if (button.getAttribute("aria-pressed") === "true") stop(); else start();
  });
  addEventListener("pagehide", stop);
})();
