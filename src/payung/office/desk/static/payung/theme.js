// Before the page shows: the theme of the cookie, else the one of the machine; and that scripts run here.
(function () {
  var chosen = (document.cookie.match(/(?:^|; )tema=(light|dark)/) || [])[1];
  var dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.add("scripted");
  document.documentElement.setAttribute("data-bs-theme", chosen || (dark ? "dark" : "light"));
})();
