// Light or dark, set before anything is painted: what the reader chose here, else what their system asks for.
(function () {
  "use strict";
  var KEY = "portal-theme";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // storage is switched off: follow the system
    }
  }

  function apply() {
    var theme = chosen() || (dark.matches ? "dark" : "light");
    root.setAttribute("data-bs-theme", theme);
    root.classList.toggle("dark", theme === "dark");
    window.dispatchEvent(new CustomEvent("portal-theme", { detail: theme }));
  }

  function toggle() {
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try {
      // Back to what the system asks for is no choice to remember.
      if (next === (dark.matches ? "dark" : "light")) {
        window.localStorage.removeItem(KEY);
      } else {
        window.localStorage.setItem(KEY, next);
      }
    } catch (error) {
      root.setAttribute("data-bs-theme", next);
      return;
    }
    apply();
  }

  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button.theme") : null;
    if (button) {
      toggle();
    }
  });
})();
