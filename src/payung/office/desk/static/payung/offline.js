// Without a signal: the pages that matter in the field open from this device, what is filled in there waits here, and is
// sent once when the office can be reached again. Each form carries a mark by which the office takes it once.
(function () {
  "use strict";

  var PAGES = "payung-halaman", QUEUE = "payung-antre:", KEPT = "payung-isian:", PATIENCE = 6000, AGAIN = 15000;
  var body = document.body, user = body.getAttribute("data-user");
  var field = (body.getAttribute("data-field-pages") || "").split(" ").filter(Boolean);
  // A page for everybody says its own words, and waits under a name of its own.
  var open = user ? null : document.querySelector("form[data-offline]");

  if ("serviceWorker" in navigator && (user || open)) navigator.serviceWorker.register("/pekerja.js");
  if (!(user || open) || !window.localStorage || !window.fetch) return;
  user = user || "umum";

  function read() {
    try { return JSON.parse(localStorage.getItem(QUEUE + user)) || []; } catch (error) { return []; }
  }
  function write(items) {
    if (items.length) localStorage.setItem(QUEUE + user, JSON.stringify(items));
    else localStorage.removeItem(QUEUE + user);
  }
  function words(name, many) { return ((open || body).getAttribute(name) || "").replace("{n}", many); }

  // One line above the page says what waits, what was sent, what came back.
  var line = null;
  function tell(text, tone, url) {
    if (!line) {
      line = document.createElement("div");
      line.setAttribute("role", "status");
      var main = document.getElementById("isi");
      main.insertBefore(line, main.firstChild);
    }
    line.className = "alert alert-" + tone;
    line.textContent = text;
    if (url) {
      var link = document.createElement("a");
      link.href = url;
      link.textContent = " " + url;
      line.appendChild(link);
    }
  }
  function tellWaiting() {
    var many = read().length;
    if (many) tell(words("data-queued", many), "warning");
  }

  function mark(form) {
    Array.prototype.forEach.call(form.querySelectorAll("input[data-fresh]"), function (input) {
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      input.value = Array.prototype.map.call(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
    });
  }

  function draft(path) { return KEPT + user + ":" + path + ":"; }

  function keep(form) {
    var values = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") values.push([name, value]);
    });
    write(read().concat([{ path: location.pathname, values: values, at: Date.now() }]));
    localStorage.removeItem(draft(location.pathname));
    sessionStorage.removeItem(KEPT);
    form.reset();
    mark(form);
    tellWaiting();
    window.scrollTo(0, 0);
    line.setAttribute("tabindex", "-1");
    line.focus();
  }

  function reached() {
    if (!navigator.onLine) return Promise.resolve(false);
    var control = new AbortController();
    var timer = setTimeout(function () { control.abort(); }, PATIENCE);
    return fetch("/sehat/", { cache: "no-store", signal: control.signal }).then(function () { return true; }, function () {
      return false;
    }).then(function (found) { clearTimeout(timer); return found; });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-offline]"), function (form) {
    var sure = false;
    form.addEventListener("submit", function (event) {
      if (sure) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Not the first button: what was typed and is back again brings one of its own, to throw it away.
      var button = event.submitter || form.querySelector("button:not([type=button])");
      button.disabled = true;
      reached().then(function (found) {
        button.disabled = false;
        if (!found) { keep(form); return; }
        sure = true;
        form.requestSubmit(button);
        sure = false;
      });
    }, true);
  });

  function signedOut(answer) { return new URL(answer.url).pathname.indexOf("/masuk/") === 0; }

  // Sends one after another; what the office does not answer stays, what it refuses becomes what was typed there.
  var sending = false, gone = 0, numbers = [];
  function flush() {
    var items = read();
    if (sending || !items.length || !navigator.onLine) return;
    sending = true;
    var item = items[0];
    fetch(item.path, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (signedOut(answer)) throw new Error("sign-in");
      return answer.text();
    }).then(function (page) {
      var token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(page);
      var sent = new URLSearchParams(item.values.concat([["csrfmiddlewaretoken", token ? token[1] : ""]]));
      return fetch(item.path, { method: "POST", body: sent, credentials: "same-origin" });
    }).then(function (answer) {
      if (signedOut(answer)) throw new Error("sign-in");
      if (answer.status >= 500) throw new Error("later");
      return open ? answer.text().then(function (page) { return [answer, page]; }) : [answer, ""];
    }).then(function (both) {
      // Taken: it led on, or the page for everybody says so, with the number.
      var answer = both[0], taken = both[1].indexOf("data-taken") >= 0, number = /K-\d{4}-\d{5}/.exec(both[1]);
      var rest = read();
      rest.shift();
      write(rest);
      sending = false;
      if (answer.ok && (answer.redirected || taken)) {
        gone += 1;
        if (number) numbers.push(number[0]);
        if (rest.length) flush();
        else tell([words("data-sent", gone)].concat(numbers).join(" "), "success");
      } else {
        var values = {};
        item.values.forEach(function (pair) { values[pair[0]] = pair[1]; });
        localStorage.setItem(draft(item.path), JSON.stringify({ at: Date.now(), values: values }));
        tell(words("data-refused", 1), "danger", item.path);
      }
    }).catch(function (error) {
      sending = false;
      if (error.message === "sign-in") tell(words("data-sign-in", read().length), "warning", "/masuk/");
      else tellWaiting();
    });
  }

  if (window.caches && open && "serviceWorker" in navigator) {
    navigator.serviceWorker.ready.then(function () { return caches.open(PAGES); }).then(function (kept) {
      return kept.add(location.pathname);
    }).catch(function () { return null; });
  } else if (window.caches) {
    // Another person at this device: what lies here was somebody else's.
    if (localStorage.getItem("payung-siapa") !== user) {
      caches.delete(PAGES);
      localStorage.setItem("payung-siapa", user);
      sessionStorage.removeItem("payung-siap");
    }
    Array.prototype.forEach.call(document.querySelectorAll("form[data-sign-out]"), function (form) {
      form.addEventListener("submit", function () {
        caches.delete(PAGES);
        sessionStorage.removeItem("payung-siap");
      });
    });
    // Once a session, when there is time: the pages of the field are laid ready.
    if (!sessionStorage.getItem("payung-siap") && navigator.onLine && "serviceWorker" in navigator) {
      navigator.serviceWorker.ready.then(function () {
        return caches.open(PAGES);
      }).then(function (kept) {
        return Promise.all(field.map(function (path) {
          return fetch(path, { credentials: "same-origin" }).then(function (answer) {
            return answer.ok && !answer.redirected ? kept.put(path, answer) : null;
          });
        }));
      }).then(function () { sessionStorage.setItem("payung-siap", "ya"); }, function () { return null; });
    }
  }

  tellWaiting();
  flush();
  window.addEventListener("online", flush);
  // A line that came back may not carry yet: what waits is tried again.
  window.setInterval(flush, AGAIN);
})();
