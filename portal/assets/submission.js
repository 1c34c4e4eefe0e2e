/* The form as a spreadsheet: moves between cells, takes a pasted block, saves by itself, and keeps what was typed
   until the server has it. What is typed goes into one store, the outbox; the server answers into another, the state. */
(function () {
  "use strict";

  const SHEET = "submission-sheet";
  const IDLE = 1200;
  let state = null; // what the server said last: place, version, words
  let number = 0; // counts our messages
  let waiting = null; // the number of the message under way, if any
  let wanted = null; // what to do once it is answered
  let base = {}; // every cell as the server has it, as far as we know
  let sent = {}; // what the message under way says
  let timer = null;

  const sheet = () => document.getElementById(SHEET);
  const inputs = () => Array.from(sheet() ? sheet().querySelectorAll(".cell input, .note input") : []);
  const isCell = (one) => one instanceof HTMLInputElement && Boolean(one.closest(".cell"));
  const cells = () => inputs().filter(isCell);

  function name(input) {
    const id = JSON.parse(input.id);
    return (id.type === "submission-note" ? "note:" : "") + id.cell;
  }

  function typed() {
    return Object.fromEntries(inputs().map((one) => [name(one), one.value]));
  }

  function changes(from) {
    return Object.fromEntries(Object.entries(typed()).filter(([key, value]) => value !== from[key]));
  }

  const shelf = () => `portal.form.${state.owner}.${state.unit}.${state.form}.${state.period}`;

  function keepOnShelf() {
    if (!state) return;
    const kept = changes(base);
    try {
      if (Object.keys(kept).length) localStorage.setItem(shelf(), JSON.stringify(kept));
      else localStorage.removeItem(shelf());
    } catch (full) {
      console.warn("the browser keeps no copy of the form", full);
    }
  }

  // The server's own "saved" line is React's to change; what the script has to say stands in an element beside it.
  function say(text) {
    const saved = document.getElementById("submission-saved");
    const unsaved = document.getElementById("submission-unsaved");
    if (!saved || !unsaved) return;
    unsaved.textContent = text || "";
    saved.hidden = Boolean(text);
  }

  function put(input, value) {
    // React listens to the browser's own setter only through an input event.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function post(intent) {
    clearTimeout(timer);
    if (!state || !sheet()) return;
    if (waiting !== null) {
      wanted = intent === "send" || wanted === null ? intent : wanted;
      return;
    }
    const all = typed();
    if (intent === "save" && !Object.keys(changes(base)).length) return;
    number += 1;
    waiting = number;
    sent = all;
    const entries = Object.entries(all);
    window.dash_clientside.set_props("submission-outbox", {
      data: {
        intent,
        number,
        unit: state.unit,
        form: state.form,
        period: state.period,
        version: state.version,
        typed: Object.fromEntries(entries.filter(([key]) => !key.startsWith("note:"))),
        notes: Object.fromEntries(entries.filter(([key]) => key.startsWith("note:")).map(([key, v]) => [key.slice(5), v])),
      },
    });
  }

  function soon() {
    say(state && state.words.unsaved);
    keepOnShelf();
    clearTimeout(timer);
    timer = setTimeout(() => post("save"), IDLE);
  }

  function forget() {
    localStorage.removeItem(shelf());
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(shelf()) || "null");
    } catch (broken) {
      localStorage.removeItem(shelf());
    }
    if (!kept) return;
    const missed = inputs().filter((one) => name(one) in kept && kept[name(one)] !== one.value);
    missed.forEach((one) => put(one, kept[name(one)]));
    if (missed.length) {
      soon();
      say(state.words.restored);
    } else {
      localStorage.removeItem(shelf());
    }
  }

  function opened(fresh) {
    // React needs a moment to draw the inputs that the state came with.
    if (!sheet() || !cells().length) {
      if (fresh.tries < 50) setTimeout(() => opened({ tries: fresh.tries + 1 }), 20);
      return;
    }
    base = typed();
    restore();
  }

  function answered(said) {
    const answer = said.answer;
    state = said;
    if (!answer) {
      waiting = wanted = null;
      opened({ tries: 0 });
      return;
    }
    waiting = null;
    if (answer === "saved") {
      base = sent;
      say("");
    }
    if (answer === "sent") {
      base = {};
      say("");
      forget();
      return;
    }
    keepOnShelf();
    showNotes();
    const next = wanted;
    wanted = null;
    if (answer === "saved" && next) post(next);
  }

  function refused() {
    // The message failed: the page stays as it is, and the next change or click tries again.
    if (waiting === null) return;
    waiting = wanted = null;
    say(state && state.words.kept);
    keepOnShelf();
  }

  function showNotes() {
    // A remark is drawn by the server; the input that explains it appears with it.
    setTimeout(() => {
      if (!sheet()) return;
      sheet().querySelectorAll("td.say").forEach((cell) => {
        cell.classList.toggle("asks", Boolean(cell.querySelector(".remark.warning, .remark.explained")));
      });
    }, 50);
  }

  function move(from, down, right) {
    const row = from.closest("tr");
    const across = Array.from(row.querySelectorAll(".cell input"));
    const column = across.indexOf(from);
    if (right) {
      const next = across[column + right];
      if (next) next.focus();
      return Boolean(next);
    }
    const rows = Array.from(sheet().querySelectorAll("tbody tr")).filter((one) => one.querySelector(".cell input"));
    const next = rows[rows.indexOf(row) + down];
    if (!next) return false;
    next.querySelectorAll(".cell input")[column].focus();
    return true;
  }

  function keyed(event) {
    const input = event.target;
    if (!isCell(input) || event.isComposing) return;
    const start = input.selectionStart === 0 && input.selectionEnd === 0;
    const end = input.selectionStart === input.value.length;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const steps = {
      Enter: () => move(input, event.shiftKey ? -1 : 1, 0),
      ArrowDown: () => move(input, 1, 0),
      ArrowUp: () => move(input, -1, 0),
      ArrowRight: () => (end || whole) && move(input, 0, 1),
      ArrowLeft: () => (start || whole) && move(input, 0, -1),
    };
    if (steps[event.key] && steps[event.key]()) event.preventDefault();
  }

  function pasted(event) {
    const input = event.target;
    if (!isCell(input)) return;
    const text = (event.clipboardData || window.clipboardData).getData("text").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    const rows = Array.from(sheet().querySelectorAll("tbody tr")).filter((one) => one.querySelector(".cell input"));
    const top = rows.indexOf(input.closest("tr"));
    const left = Array.from(input.closest("tr").querySelectorAll(".cell input")).indexOf(input);
    text.split("\n").forEach((line, down) => {
      const across = rows[top + down] ? Array.from(rows[top + down].querySelectorAll(".cell input")) : [];
      line.split("\t").forEach((value, right) => {
        if (across[left + right]) put(across[left + right], value.trim());
      });
    });
    soon();
  }

  function clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-intent]") : null;
    if (!button || !state) return;
    const intent = button.getAttribute("data-intent");
    if (intent !== "theirs") {
      post(intent);
      return;
    }
    forget();
    location.reload();
  }

  document.addEventListener("input", (event) => {
    if (sheet() && sheet().contains(event.target)) soon();
  });
  document.addEventListener("change", (event) => {
    if (sheet() && sheet().contains(event.target)) post("save");
  });
  document.addEventListener("focusin", (event) => {
    if (isCell(event.target)) event.target.select();
  });
  document.addEventListener("keydown", keyed);
  document.addEventListener("paste", pasted);
  document.addEventListener("click", clicked);
  window.addEventListener("portal:refused", refused);
  window.addEventListener("pagehide", keepOnShelf);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    submission: {
      answered(said) {
        if (said) answered(said);
        showNotes();
        return window.dash_clientside.no_update;
      },
    },
  });
})();
