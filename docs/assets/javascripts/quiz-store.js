// What is kept on this device: answers, a running exam and the slips of past ones, by quiz. One key that does
// not depend on the path: a stick changes its drive, and some browsers give each local file a store of its own,
// so that all of it can also go out and in as a file.
(function () {
  "use strict";
  var KEY = "yingji.quiz";

  function all() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (blocked) { return {}; }
  }

  function save(kept) {
    try { localStorage.setItem(KEY, JSON.stringify(kept)); return true; } catch (blocked) { return false; }
  }

  function sound(own) {
    return own && typeof own.hash === "string" && own.answers && typeof own.answers === "object" && Array.isArray(own.exams) &&
      Object.keys(own.answers).every(function (id) { return Array.isArray(own.answers[id]); });
  }

  function read(quiz) {
    var own = all()[quiz.id];
    return sound(own) && own.hash === quiz.hash ? own : { hash: quiz.hash, answers: {}, exam: null, exams: [] };
  }

  function keep(quiz, change) {
    var kept = all();
    var own = read(quiz);
    change(own);
    kept[quiz.id] = own;
    save(kept);
  }

  function text() {
    return JSON.stringify({ yingji: 1, quizzes: all() });
  }

  // A file adds to what is here: its answer counts where both have one, and no past exam is lost.
  function joined(own, other) {
    if (!sound(own) || own.hash !== other.hash) return other;
    var more = other.exams.filter(function (line) { return own.exams.indexOf(line) < 0; });
    return { hash: own.hash, answers: Object.assign({}, own.answers, other.answers), exam: own.exam, exams: own.exams.concat(more) };
  }

  // Whether `content` was progress and is now kept. What was here stays when it was not.
  function take(content) {
    var given;
    try { given = JSON.parse(content); } catch (broken) { return false; }
    var quizzes = given && given.yingji === 1 && given.quizzes;
    if (!quizzes || typeof quizzes !== "object" || !Object.keys(quizzes).every(function (id) { return sound(quizzes[id]); })) return false;
    var kept = all();
    Object.keys(quizzes).forEach(function (id) { kept[id] = joined(kept[id], Object.assign({}, quizzes[id], { exam: null })); });
    return save(kept);
  }

  function clear() {
    try { localStorage.removeItem(KEY); } catch (blocked) { /* nothing was kept */ }
  }

  window.yingjiStore = { read: read, keep: keep, text: text, take: take, clear: clear };
})();
