// Puts our search behind Material's search box, and keeps everything heavy off the page until the
// reader types. Runs before Material's bundle and relies on three things the bundle does (held by
// tests/test_search.py): it loads the stock index only if a form is named "search"; it asks for one
// Worker; it sends queries only after a READY message, beginning with what the box holds by then.
(function () {
  "use strict";
  const READY = 1, RESULT = 3; // Material's message types
  const form = document.forms.namedItem("search");
  if (!form) return;

  const box = form.elements.namedItem("query");
  const notice = document.querySelector(".md-search-result__meta");
  const loading = notice.textContent;
  const NativeWorker = window.Worker;
  const here = document.currentScript.src;
  const port = new EventTarget(); // what Material takes for its worker
  let engine = null;

  takeWorkersPlace();
  waitForReader();

  function takeWorkersPlace() {
    form.removeAttribute("name");
    window.Worker = function () {
      window.Worker = NativeWorker;
      form.setAttribute("name", "search");
      return port;
    };
    port.postMessage = (message) => engine({ query: message.data, region: chosenRegion() });
  }

  function waitForReader() {
    const texts = JSON.parse(document.getElementById("__config").textContent).translations;
    notice.textContent = texts["search.result.placeholder"];
    box.addEventListener("focus", startIfAsked); // a value kept by the browser's "back"
    box.addEventListener("input", () => {
      startIfAsked();
      box.dispatchEvent(new Event("keyup")); // Material waits for one; pasting, dictating send none
    });
    if (new URLSearchParams(location.search).get("q")) start(); // a shared search
  }

  function startIfAsked() {
    if (box.value.trim()) start();
  }

  function start() {
    if (engine) return;
    engine = () => {};
    notice.textContent = loading;
    // Browsers refuse workers to pages opened from a disk.
    if (location.protocol === "file:" || !NativeWorker) startInPage();
    else startInWorker();
  }

  function startInWorker() {
    const worker = new NativeWorker(new URL("search-worker.js", here));
    worker.onmessage = (event) => reply(event.data);
    worker.onerror = failed;
    engine = (question) => worker.postMessage(question);
  }

  function startInPage() {
    const scripts = ["../../search/search_index.js", "search-words.js", "search-worker.js"];
    scripts.reduce((loaded, path) => loaded.then(() => load(path)), Promise.resolve()).then(() => {
      // Later, as from a worker: Material is not ready for a result while it still hears of READY.
      const answer = (question) => reply({ type: RESULT, data: self.yingjiAnswer(question) });
      engine = (question) => setTimeout(answer, 0, question);
      reply({ type: READY });
    }, failed);
  }

  function reply(data) {
    port.dispatchEvent(new MessageEvent("message", { data }));
  }

  function failed() {
    engine = null; // the next key press tries again
    notice.textContent = "搜索没有载入,请检查网络后再输入一次";
  }

  function load(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(path, here);
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function chosenRegion() {
    try {
      return localStorage.getItem("yingji.region");
    } catch {
      return null; // storage may be forbidden
    }
  }
})();
