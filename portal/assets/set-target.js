/* Saving that was refused leads to the first field of which something is said, so that nobody has to look for it. */
(function () {
  "use strict";

  const ASKED = "set-save";
  const PATIENCE = 30;
  const PAUSE = 150;

  function lead() {
    const said = [...document.querySelectorAll(".set-form .set-problem")].find(
      (one) => one.textContent && one.offsetParent !== null
    );
    const field = said && said.closest(".set-field");
    const box = field && field.querySelector("select, input:checked, input");
    if (!box) return false;
    box.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
    return true;
  }

  /* The answer takes a moment, and until it is there the button cannot be pressed again. */
  function wait(left) {
    const button = document.getElementById(ASKED);
    if (!button || left === 0) return;
    if (button.disabled || !lead()) setTimeout(() => wait(left - 1), PAUSE);
  }

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.id === ASKED) setTimeout(() => wait(PATIENCE), PAUSE);
  });
})();
