/* The comparison is drawn anew when a control changes the address: whoever works with the keyboard stays where they were. */
(function () {
  "use strict";

  var WAIT = 10000;

  /* Calls `act` with the first element that the selector finds after a change of the page; gives up after a while. */
  function whenDrawn(selector, isNew, act) {
    var root = document.getElementById("react-entry-point") || document.body;
    var watcher = new MutationObserver(function () {
      var found = document.querySelector(selector);
      if (found && isNew(found)) {
        watcher.disconnect();
        act(found);
      }
    });
    watcher.observe(root, { childList: true, subtree: true });
    window.setTimeout(function () {
      watcher.disconnect();
    }, WAIT);
  }

  document.addEventListener("change", function (event) {
    var control = event.target;
    if (control.tagName !== "SELECT" || !/^(comparison|targets|published|unit)-/.test(control.id) || !control.closest(".controls")) return;
    whenDrawn(
      "#" + control.id,
      function (found) {
        return found !== control;
      },
      function (found) {
        if (document.activeElement === document.body || document.activeElement === null) found.focus();
      }
    );
  });

  /* On a narrow page the evidence stands below the table: bring it into sight, as it is what was asked for. */
  document.addEventListener("comparison-asked", function () {
    whenDrawn(
      "#comparison-evidence h2, #targets-panel h2, #unit-evidence h2, #published-panel h2",
      function () {
        return true;
      },
      function (found) {
        if (window.innerWidth < 1080) found.scrollIntoView({ block: "start" });
      }
    );
  });

  document.addEventListener("click", function (event) {
    var close = event.target.closest && event.target.closest(".close-evidence");
    if (close) window.dash_clientside.set_props(close.closest(".side").id, { children: [] });
    /* An open list closes when the reader turns elsewhere. */
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
