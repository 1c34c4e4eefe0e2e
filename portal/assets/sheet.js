/* The sheet of a form behaves like a spreadsheet: its inputs, the keys that move between them, a pasted block that
   lands in them, and for each whether it is wrong and where that is explained. What becomes of what is typed is another
   script's. The inputs are made here and not by Dash, so that nothing but the person and these scripts writes in them. */
(function () {
  "use strict";

  // That of a form, and that on which targets are handed down.
  const SHEETS = "#submission-sheet, #assign-sheet";
  const CELL = ".cell input";
  const REASON = ".note input";

  const sheet = () => document.querySelector(SHEETS);
  const isCell = (one) => one instanceof HTMLInputElement && Boolean(sheet()) && sheet().contains(one) && one.matches(CELL);
  const isReason = (one) => one instanceof HTMLInputElement && Boolean(sheet()) && sheet().contains(one) && one.matches(REASON);
  const rows = () => Array.from(sheet().querySelectorAll("tbody tr")).filter((row) => row.querySelector(CELL));
  const cellsOf = (row) => Array.from(row.querySelectorAll(CELL));

  function put(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function furnish(slot) {
    // A page that is drawn again keeps its inputs, and with them what was typed.
    if (slot.firstChild && slot.firstChild.id === slot.getAttribute("data-input")) return;
    const input = document.createElement("input");
    input.type = "text";
    input.id = slot.getAttribute("data-input");
    input.value = slot.getAttribute("data-value");
    input.maxLength = Number(slot.getAttribute("data-longest"));
    input.autocomplete = "off";
    if (slot.classList.contains("cell")) input.inputMode = "numeric";
    // Never seen: it lets the style sheet tell an empty reason from one that is written.
    else input.placeholder = " ";
    slot.replaceChildren(input);
  }

  function move(from, down, right) {
    const all = rows();
    const row = from.closest("tr");
    const to = all[all.indexOf(row) + down];
    const next = to && cellsOf(to)[cellsOf(row).indexOf(from) + right];
    if (next) next.focus();
    return Boolean(next);
  }

  /* Shift+Tab in a number goes to the number before it, in a reason to its own number. A reason may have opened behind
     whoever has gone on typing, and must not catch them on their way back; Tab leads into it from its number. */
  function back(event) {
    const cells = rows().flatMap(cellsOf);
    const to = isCell(event.target) ? cells[cells.indexOf(event.target) - 1] : numberOf(event.target);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  function numberOf(reason) {
    const reasons = Array.from(reason.closest("tr").querySelectorAll(REASON));
    return cellsOf(reason.closest("tr"))[reasons.indexOf(reason)];
  }

  function keyed(event) {
    const input = event.target;
    if (event.key === "Tab" && event.shiftKey && !event.ctrlKey && !event.altKey && (isCell(input) || isReason(input))) {
      back(event);
      return;
    }
    if (!isCell(input) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const start = whole || (input.selectionStart === 0 && input.selectionEnd === 0);
    const end = whole || input.selectionStart === input.value.length;
    const steps = {
      Enter: () => move(input, event.shiftKey ? -1 : 1, 0) || true,
      ArrowDown: () => move(input, 1, 0),
      ArrowUp: () => move(input, -1, 0),
      ArrowRight: () => !event.shiftKey && end && move(input, 0, 1),
      ArrowLeft: () => !event.shiftKey && start && move(input, 0, -1),
    };
    if (steps[event.key] && steps[event.key]()) event.preventDefault();
  }

  function pasted(event) {
    const input = event.target;
    if (!isCell(input)) return;
    const text = event.clipboardData.getData("text").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const block = text.split("\n").map((line) => line.split("\t"));
    if (block.length === 1 && block[0].length === 1) {
      // One value from Excel ends in a new line; without it the browser's own paste does.
      return;
    }
    event.preventDefault();
    const all = rows();
    const top = all.indexOf(input.closest("tr"));
    const left = cellsOf(all[top]).indexOf(input);
    let lost = 0;
    block.forEach((values, down) => {
      const across = all[top + down] ? cellsOf(all[top + down]) : [];
      values.forEach((value, right) => {
        if (across[left + right]) put(across[left + right], value.trim());
      });
      const homeless = values.filter((value, right) => value.trim() && !across[left + right]);
      if (homeless.length) lost += 1;
    });
    input.select();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    window.dispatchEvent(new CustomEvent("portal:pasted", { detail: { lost } }));
  }

  function mark() {
    // Which input is wrong, and where that is said, for who does not see the colours.
    rows().forEach((row) => {
      const said = row.querySelector("td.say > div[id]");
      cellsOf(row).forEach((input, place) => {
        const wrong = Boolean(said && said.querySelector(`.remark.error.w${place}`));
        const remarked = Boolean(said && said.querySelector(`.remark.w${place}`));
        if (wrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        if (remarked) input.setAttribute("aria-describedby", said.id);
        else input.removeAttribute("aria-describedby");
      });
    });
  }

  const watcher = new MutationObserver(() => {
    if (sheet()) mark();
  });

  // A click into a cell would put the cursor where it fell, and undo the selection that the focus made.
  let entered = null;
  document.addEventListener("mousedown", (event) => {
    entered = isCell(event.target) && document.activeElement !== event.target ? event.target : null;
  });
  document.addEventListener("mouseup", (event) => {
    if (entered && entered === event.target) {
      event.preventDefault();
      entered.select();
    }
    entered = null;
  });
  document.addEventListener("focusin", (event) => {
    if (isCell(event.target)) event.target.select();
  });
  document.addEventListener("keydown", keyed);
  document.addEventListener("paste", pasted);

  window.portalSheet = {
    cells: () => (sheet() ? rows().flatMap(cellsOf) : []),
    put,
    furnish() {
      sheet().querySelectorAll("[data-input]").forEach(furnish);
      watcher.disconnect();
      watcher.observe(sheet(), { childList: true, subtree: true });
      mark();
    },
  };
})();
