// A beat to press by: 110 a minute, within the 100–120 that the page's source asks for.
(function () {
  "use strict";
  var BEATS_A_MINUTE = 110;
  var button = document.querySelector("[data-metronome]");
  var Audio = window.AudioContext || window.webkitAudioContext;
  if (!button || !Audio) return;
  var sound = null;
  var next = 0;
  var timer = 0;

  function beep(time) {
    var tone = sound.createOscillator();
    var volume = sound.createGain();
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.5, time);
    volume.gain.exponentialRampToValueAtTime(0.001, time + 0.08);
    tone.connect(volume).connect(sound.destination);
    tone.start(time);
    tone.stop(time + 0.1);
  }

  // Beats are set ahead on the sound clock: a busy page would make timers late.
  function schedule() {
    while (next < sound.currentTime + 0.5) {
      beep(next);
      next += 60 / BEATS_A_MINUTE;
    }
  }

  function start() {
    sound = sound || new Audio();
    sound.resume();
    next = sound.currentTime + 0.1;
    schedule();
    timer = setInterval(schedule, 100);
    button.setAttribute("aria-pressed", "true");
  }

  function stop() {
    clearInterval(timer);
    button.setAttribute("aria-pressed", "false");
  }

  button.addEventListener("click", function () {
    if (button.getAttribute("aria-pressed") === "true") stop(); else start();
  });
  button.hidden = false;
})();
