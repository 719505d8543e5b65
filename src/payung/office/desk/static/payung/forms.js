// Forms on a phone with a bad line: digits are counted, files are weighed before they are sent, and what was typed
// stays on the device until it was sent: through a lost session and a closed browser. Signing out removes it.
(function () {
  "use strict";

  var KEPT = "payung-isian:", WEEK = 7 * 24 * 3600 * 1000;
  var user = document.body.getAttribute("data-user");

  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }

  // How many digits of how many: below the field, told to those who listen when it is left.
  each("input[data-digits]", function (input) {
    var count = document.createElement("small");
    count.className = "form-hint digits";
    input.insertAdjacentElement("afterend", count);
    function show() {
      var many = input.value.replace(/[^0-9]/g, "").length, of = Number(input.getAttribute("data-digits"));
      count.textContent = many ? many + " / " + of : "";
      count.classList.toggle("right", many === of);
    }
    input.addEventListener("input", show);
    show();
  });

  // What only one choice asks for stands only where that is chosen; without scripts it stands always.
  each("[data-when]", function (input) {
    var when = input.getAttribute("data-when").split("="), choice = input.form && input.form.elements[when[0]];
    if (!choice || !input.parentElement) return;
    function show() { input.parentElement.hidden = choice.value !== when[1]; }
    choice.addEventListener("change", show);
    window.addEventListener("pageshow", show);
    show();
  });

  // A file that is too large, or of a kind that is not taken, is not sent at all.
  each("input[type=file][data-limit]", function (input) {
    var kinds = (input.getAttribute("accept") || "").toLowerCase().split(",").filter(function (kind) {
      return kind.charAt(0) === ".";
    });
    input.addEventListener("change", function () {
      var wrong = "";
      Array.prototype.forEach.call(input.files, function (file) {
        if (file.size > Number(input.getAttribute("data-limit"))) wrong = file.name + ": " + input.getAttribute("data-too-large");
        else if (input.hasAttribute("data-wrong-kind") && !kinds.some(function (kind) { return file.name.toLowerCase().endsWith(kind); }))
          wrong = file.name + ": " + input.getAttribute("data-wrong-kind");
      });
      input.setCustomValidity(wrong);
      if (wrong) input.reportValidity();
    });
  });

  // A photo is made smaller before it is sent: at most 2400 dots a side, fewer until it fits. Drawn anew, it says no
  // longer where it was taken. What cannot be drawn is sent as it is, and the office judges it.
  each("input[type=file][data-shrink]", function (input) {
    var most = Number(input.getAttribute("data-shrink"));
    function small(picture, side, done) {
      var scale = Math.min(1, side / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      var pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) {
        if (blob && blob.size > most && side > 600) small(picture, side * 0.75, done);
        else done(blob);
      }, "image/jpeg", 0.85);
    }
    input.addEventListener("change", function () {
      var file = input.files[0];
      if (!file || !/^image\/(jpeg|png)$/.test(file.type) || !window.createImageBitmap || !window.DataTransfer) return;
      if (input.validationMessage) return;  // refused already
      input.setCustomValidity(input.getAttribute("data-shrinking"));
      createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
        return new Promise(function (done) { small(picture, 2400, done); });
      }).then(function (blob) {
        if (blob && (blob.size < file.size || file.size > most) && input.files[0] === file) {
          var kept = new DataTransfer();
          kept.items.add(new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }));
          input.files = kept.files;
        }
      }, function () { return null; }).then(function () { input.setCustomValidity(""); });
    });
  });

  // A form that is shown anew gets a key of this device: sent again because no answer came, it is taken once.
  each("input[data-fresh=ya]", function (input) {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    input.value = Array.prototype.map.call(bytes, function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  });

  if (!window.localStorage) return;
  // A page for everybody keeps what was typed too, where its form says so, under a name of its own.
  var open = !user && document.querySelector("form[data-draft], [data-taken]");
  if (!user && !open) {  // the page of signing in: what was sent into a lost session was not taken
    sessionStorage.removeItem(KEPT);
    return;
  }
  user = user || "umum";

  function words(form, name) {
    return form.getAttribute(name) || document.body.getAttribute(name) || "";
  }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && (field.hasAttribute("data-fresh") || !/^(hidden|password|file|submit|button|radio|checkbox)$/.test(field.type)) && field.type !== undefined
        && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET";
    });
  }

  function key(form) {
    return KEPT + user + ":" + location.pathname + ":" + (form.getAttribute("action") || "");
  }

  // What was sent and answered is no longer kept: the page that came back shows it, or its faults.
  var sent = sessionStorage.getItem(KEPT);
  var came = (performance.getEntriesByType("navigation")[0] || {}).type === "navigate";
  if (sent) {
    var elsewhere = sent.indexOf(KEPT + user + ":" + location.pathname + ":") !== 0;
    if (came && (elsewhere || document.querySelector(".messages, [data-taken]"))) localStorage.removeItem(sent);
    sessionStorage.removeItem(KEPT);
  }

  each("main form[method=post]", function (form) {
    if (open && !form.hasAttribute("data-draft")) return;
    if (form.querySelector("input[type=password]") || !fields(form).length) return;
    var name = key(form), kept = null;
    try { kept = JSON.parse(localStorage.getItem(name)); } catch (error) { kept = null; }
    if (kept && Date.now() - kept.at > WEEK) { localStorage.removeItem(name); kept = null; }
    if (kept && !form.querySelector(".invalid-feedback")) {
      var changed = fields(form).filter(function (field) {
        return Object.prototype.hasOwnProperty.call(kept.values, field.name) && field.value !== kept.values[field.name]
          && !field.hasAttribute("data-fresh");
      });
      each("input[data-fresh]", function (input) { input.value = kept.values[input.name] || input.value; }, form);
      if (changed.length) {
        var before = changed.map(function (field) { return field.value; });
        changed.forEach(function (field) {
          field.value = kept.values[field.name];
          field.dispatchEvent(new Event("input"));
          var folded = field.closest("details");
          if (folded) folded.open = true;
        });
        var told = document.createElement("div");
        told.className = "alert alert-info";
        told.setAttribute("role", "status");
        told.textContent = words(form, "data-kept") + " ";
        var drop = document.createElement("button");
        drop.type = "button";
        drop.className = "btn";
        drop.textContent = words(form, "data-drop-kept");
        drop.addEventListener("click", function () {
          changed.forEach(function (field, at) { field.value = before[at]; });
          localStorage.removeItem(name);
          told.remove();
        });
        told.appendChild(drop);
        form.insertBefore(told, form.firstChild);
      }
    }
    form.addEventListener("input", function () {
      var values = {};
      fields(form).forEach(function (field) { values[field.name] = field.value; });
      try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), values: values })); } catch (error) { return; }
    });
    // Only an answer of the office for somebody who is signed in ends it: the next page takes this mark.
    form.addEventListener("submit", function () { sessionStorage.setItem(KEPT, name); });
  });

  each("form[data-sign-out]", function (form) {
    form.addEventListener("submit", function () {
      Object.keys(localStorage).forEach(function (name) {
        if (name.indexOf(KEPT + user + ":") === 0) localStorage.removeItem(name);
      });
    });
  });
})();
