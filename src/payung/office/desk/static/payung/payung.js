// What a page does beyond links and forms: theme, file drop, upload progress, closing menus.
(function () {
  "use strict";

  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }

  each("[data-theme-switch]", function (button) {
    button.addEventListener("click", function () {
      var root = document.documentElement;
      var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
      root.setAttribute("data-bs-theme", next);
      document.cookie = "tema=" + next + "; path=/; max-age=31536000; samesite=lax";
    });
  });

  // On a phone the menu is behind a button.
  each("[data-menu]", function (button) {
    button.addEventListener("click", function () {
      var open = button.closest(".side").classList.toggle("open");
      button.setAttribute("aria-expanded", open ? "true" : "false");
    });
  });

  // The search is in the head of every page; on a phone behind its sign. The key / leads there.
  function seek(event) {
    var box = document.getElementById("seek-text");
    if (!box) return;
    event.preventDefault();
    if (document.getElementById("cari")) box = document.getElementById("cari");
    else box.closest(".side").classList.add("seeking");
    box.focus();
    box.select();
  }
  each("[data-seek]", function (link) {
    link.addEventListener("click", function (event) {
      var side = link.closest(".side");
      if (!side.classList.contains("seeking")) return seek(event);
      event.preventDefault();
      side.classList.remove("seeking");
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (localStorage.getItem("payung-keys") === "off") return;
    var at = event.target;
    if (at.isContentEditable || /^(textarea|select)$/i.test(at.tagName)) return;
    if (at.tagName === "INPUT" && !/^(radio|checkbox|submit|button)$/.test(at.type)) return;
    seek(event);
  });

  // Numbers that slide are reached by the keyboard too.
  each(".above .figures", function (line) {
    if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
  });

  // What else stands above a list is one line there, which opens.
  each(".above details.folds", function (part) {
    if (window.matchMedia("(max-width: 61.9rem)").matches) part.removeAttribute("open");
  });

  // On a phone the choices above a list are folded, so that its first row is on the first screen.
  each("[data-unfold]", function (button) {
    button.addEventListener("click", function () {
      var open = button.form.classList.toggle("unfolded");
      button.setAttribute("aria-expanded", open ? "true" : "false");
    });
  });

  // One open menu at a time; Escape and a click elsewhere close it.
  document.addEventListener("click", function (event) {
    each("details.drop[open]", function (menu) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    each("details.drop[open]", function (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // A form that takes files: dropping, the list of names, and how far the sending is.
  each("form[data-upload]", function (form) {
    var input = form.querySelector("input[type=file]");
    var zone = form.querySelector("[data-drop]");
    var names = form.querySelector("[data-names]");
    var bar = form.querySelector("progress");
    function show() {
      names.textContent = Array.prototype.map.call(input.files, function (f) { return f.name; }).join(", ");
    }
    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      zone.addEventListener(name, function () { zone.classList.remove("over"); });
    });
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      show();
    });
    form.addEventListener("submit", function (event) {
      if (!window.FormData || !input.files.length) return;
      event.preventDefault();
      var request = new XMLHttpRequest();
      bar.hidden = false;
      form.querySelector("button[type=submit]").disabled = true;
      request.upload.addEventListener("progress", function (step) {
        if (step.lengthComputable) { bar.max = step.total; bar.value = step.loaded; }
      });
      request.addEventListener("load", function () {
        // The office names the next page and lets it tell what became of the files; a redirect would be followed unseen.
        var next = request.getResponseHeader("X-Payung-To");
        if (next) { window.location = next; return; }
        if (request.status < 400 && request.responseURL) { window.location = request.responseURL; return; }
        form.removeAttribute("data-upload");
        form.submit();
      });
      request.addEventListener("error", function () {
        bar.hidden = true;
        form.querySelector("button[type=submit]").disabled = false;
        names.textContent = form.getAttribute("data-lost");
      });
      request.open("POST", form.action || window.location.href);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.send(new FormData(form));
    });
  });

  // Keys that press buttons: data-key="s". Not while somebody types; whoever dictates can switch them off for good.
  var keys = document.querySelector("[data-keys-switch]");
  if (keys) {
    keys.checked = localStorage.getItem("payung-keys") !== "off";
    keys.addEventListener("change", function () {
      localStorage.setItem("payung-keys", keys.checked ? "on" : "off");
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (keys ? !keys.checked : localStorage.getItem("payung-keys") === "off") return;
    var at = event.target;
    if (/^(textarea|select)$/i.test(at.tagName) || (at.tagName === "INPUT" && !/^(radio|checkbox)$/.test(at.type))) return;
    var button = /^[a-z0-9]$/i.test(event.key) && document.querySelector('[data-key="' + event.key.toLowerCase() + '"]');
    var shown = button && (button.querySelector("kbd") || button.parentNode.querySelector("kbd"));
    if (!shown || shown.offsetParent === null) return;  // a key works where it is shown
    event.preventDefault();
    button.click();
  });

  each("[data-print]", function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  // A button that copies the text beside it.
  each("[data-copy]", function (button) {
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById(button.getAttribute("data-copy")).textContent.trim());
    });
  });
})();
