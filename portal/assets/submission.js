/* Saves the form by itself, one message at a time, and keeps what was typed until the server has it: on the page, and
   on this computer for the next visit. What changed goes into one store, the outbox; what became of it comes back in
   another, the answer. What the page says about saving is always true. */
(function () {
  "use strict";

  const IDLE = 1200;
  const NOTE = "note:";
  const STANDING = "standing";
  const BUTTONS = "[data-intent], [data-go], [data-standing], #submission-retry";

  let form = null; // the form on the page: its place, the version that the reader has seen, its words
  let base = {}; // every field as the server has it
  let flying = null; // the message under way: its number, its intent, its texts
  let number = 0;
  let after = null; // what to do once it is answered
  let theirs = null; // what somebody else changed too: until the reader has chosen, nothing is saved
  let unread = {}; // what the server could not read, as it was typed
  let written = {}; // how the server writes a number whose cell is still being typed in
  let failed = false; // whether the last message failed
  let shelved = false; // whether this page keeps something on this computer
  let timer = null;

  const byId = (name) => document.getElementById(`submission-${name}`);
  const empty = (texts) => Object.keys(texts).length === 0;

  function here() {
    const sheet = byId("sheet");
    return Boolean(form && sheet && sheet.getAttribute("data-form") === form.key);
  }

  function nameOf(input) {
    const id = JSON.parse(input.id);
    return id.type === "submission-note" ? NOTE + id.cell : id.cell;
  }

  const inputs = () => Array.from(byId("sheet").querySelectorAll(".cell input, .note input"));
  const isCell = (input) => Boolean(input.closest(".cell"));
  const inputOf = (name) => inputs().find((one) => nameOf(one) === name);

  function standing() {
    const chosen = document.querySelector("#submission-standing [aria-pressed=true]");
    return chosen ? chosen.getAttribute("data-standing") : null;
  }

  function texts() {
    const found = Object.fromEntries(inputs().map((one) => [nameOf(one), one.value]));
    if (standing() !== null) found[STANDING] = standing();
    return found;
  }

  const changes = () => Object.fromEntries(Object.entries(texts()).filter(([name, text]) => text !== base[name]));
  // What could not be read stays on the page and goes with every message, but is no reason to send one.
  const news = () => Object.entries(changes()).filter(([name, text]) => text !== unread[name]);

  /* What the page says. The server's own line is React's to change, so the script's stands in an element beside it. */

  function say(text, retry) {
    const unsaved = byId("unsaved");
    if (!unsaved) return;
    unsaved.textContent = text;
    byId("saved").hidden = Boolean(text);
    byId("retry").hidden = !retry;
  }

  function tell(text) {
    if (byId("told")) byId("told").textContent = text;
  }

  /* What is kept on this computer. */

  function keep() {
    if (!here()) return true;
    const unsaved = changes();
    delete unsaved[STANDING];
    if (!empty(unsaved)) {
      const seen = Object.fromEntries(Object.keys(unsaved).map((name) => [name, base[name] || ""]));
      shelved = window.portalShelf.keep(form, unsaved, seen);
      return shelved;
    }
    if (shelved) window.portalShelf.drop(form);
    shelved = false;
    return true;
  }

  // Whether the server has what was typed: it writes "6.040" where somebody typed "6040".
  const reads = (value, typed) => typed === value || typed === value.replace(/[.,]/g, "");

  function restore() {
    const found = window.portalShelf.kept(form);
    if (!found) return;
    shelved = true;
    const missed = inputs().filter((one) => nameOf(one) in found.texts && !reads(one.value, found.texts[nameOf(one)]));
    if (missed.length) {
      // Typed over an older version: the server then says who saved meanwhile, and nothing is overwritten.
      form.version = Math.min(form.version, found.version);
      missed.forEach((one) => {
        base[nameOf(one)] = found.seen[nameOf(one)];
        window.portalSheet.put(one, found.texts[nameOf(one)]);
      });
      tell(form.words.restored);
    }
    settle();
  }

  /* Sending messages. */

  function message(intent, unsaved) {
    const cells = Object.entries(unsaved).filter(([name]) => name !== STANDING && !name.startsWith(NOTE));
    const notes = Object.entries(unsaved).filter(([name]) => name.startsWith(NOTE));
    // A reason goes with its number, so who changes a number says which reason they saw beside it.
    const reasons = [...cells.map(([name]) => name), ...notes.map(([name]) => name.slice(NOTE.length))];
    return {
      intent,
      number,
      unit: form.unit,
      form: form.form,
      period: form.period,
      version: form.version,
      typed: Object.fromEntries(cells),
      notes: Object.fromEntries(notes.map(([name, text]) => [name.slice(NOTE.length), text])),
      seen: Object.fromEntries(cells.map(([name]) => [name, base[name] || ""])),
      seen_notes: Object.fromEntries(reasons.map((name) => [name, base[NOTE + name] || ""])),
      standing: standing(),
    };
  }

  function post(intent) {
    clearTimeout(timer);
    if (!here()) return;
    if (flying) {
      if (intent !== "save" || !after) after = intent;
      return;
    }
    if (theirs && intent !== "keep") {
      say(form.words.choose);
      return;
    }
    if (intent === "save" && !news().length && !failed) {
      settle();
      return;
    }
    if (theirs) {
      // The reader has seen and chosen: whoever changes these cells after this is told of again.
      form.version = theirs.version;
      Object.assign(base, theirs.cells);
      theirs = null;
    }
    const unsaved = changes();
    number += 1;
    flying = { number, intent, texts: unsaved };
    say(form.words.saving);
    window.dash_clientside.set_props("submission-outbox", { data: message(intent, unsaved) });
  }

  /* After every change on the page: what is to be said, kept, and soon saved. */
  function settle() {
    if (!here()) return;
    keep();
    if (flying) return;
    clearTimeout(timer);
    if (theirs) {
      say(form.words.choose);
    } else if (!news().length && !failed) {
      say("");
    } else {
      say(failed ? form.words.kept : form.words.unsaved, failed);
      timer = setTimeout(() => post("save"), IDLE);
    }
  }

  /* Answers. */

  function opened(state) {
    // React needs a moment to draw the sheet that the state came with.
    const sheet = byId("sheet");
    if (!sheet || sheet.getAttribute("data-form") !== state.key) {
      if (state.tries !== 0) setTimeout(() => opened({ ...state, tries: (state.tries || 100) - 1 }), 20);
      return;
    }
    clearTimeout(timer);
    form = state;
    flying = after = theirs = null;
    unread = {};
    written = {};
    failed = shelved = false;
    window.portalSheet.furnish();
    base = texts();
    inputs().forEach((one) => {
      base[nameOf(one)] = one.parentElement.getAttribute("data-value");
    });
    restore();
  }

  function fill(values, sent) {
    // Only what nobody has typed over since; the cell that is being typed in is written out when it is left.
    Object.entries(values).forEach(([name, text]) => {
      const input = inputOf(name);
      if (!input || (input.value !== base[name] && input.value !== sent[name])) return;
      if (input === document.activeElement && name in sent) written[name] = text;
      else write(input, name, text);
    });
  }

  function write(input, name, text) {
    base[name] = text;
    if (input.value !== text) window.portalSheet.put(input, text);
  }

  function saved(said, sent) {
    form.version = said.version;
    unread = Object.fromEntries(said.unread.map((name) => [name, sent.texts[name]]));
    Object.entries(sent.texts).forEach(([name, text]) => {
      if (!(name in unread)) base[name] = text;
    });
    fill(Object.fromEntries(Object.entries(said.values).filter(([name]) => !(name in unread))), sent.texts);
    settle();
    if (sent.intent === "send") lead();
  }

  function lead() {
    // To the first thing that stands in the way; the reasons stand beside it.
    setTimeout(() => {
      if (!here()) return;
      const cells = window.portalSheet.cells();
      const wrong = cells.find((one) => one.hasAttribute("aria-invalid")) || cells.find((one) => !one.value);
      const asked = inputs().find((one) => !isCell(one) && !one.value && one.offsetParent !== null);
      const target = wrong || asked;
      if (target) target.focus();
    }, 80);
  }

  function answered(said) {
    if (!flying || said.number !== flying.number || !form) return;
    const sent = flying;
    const next = after;
    flying = after = null;
    failed = false;
    if (said.answer === "sent") {
      window.portalShelf.drop(form);
      say("");
      tell("");
      form = null;
      setTimeout(() => {
        const heading = document.querySelector(".receipt h2");
        if (heading) heading.focus();
      }, 80);
      return;
    }
    if (said.answer === "conflict") {
      theirs = { version: said.version, cells: said.theirs };
      settle();
      return;
    }
    saved(said, sent);
    if (next && !(next === "send" && sent.intent === "send")) post(next);
  }

  function refused(event) {
    // The message failed: the page stays as it is, and the next change, or a click, tries again.
    const body = event.detail && event.detail.body;
    if (!flying || typeof body !== "string" || !body.includes("submission-outbox")) return;
    flying = after = null;
    failed = true;
    if (!here()) return;
    keep();
    say(form.words.kept, true);
  }

  /* What the reader does. */

  function clicked(event) {
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    if (!button || !here()) return;
    const intent = button.getAttribute("data-intent");
    if (button.hasAttribute("data-standing")) {
      button.parentElement.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", one === button));
      post("save");
    } else if (button.hasAttribute("data-go")) {
      const input = inputOf(button.getAttribute("data-go"));
      if (input) input.focus();
    } else if (intent === "theirs") {
      Object.entries(theirs ? theirs.cells : {}).forEach(([name, text]) => {
        if (inputOf(name)) window.portalSheet.put(inputOf(name), text);
      });
      post("keep");
    } else {
      post(intent || "save");
    }
  }

  function inForm(target) {
    return here() && target instanceof Element && Boolean(target.closest("#submission-sheet"));
  }

  document.addEventListener("input", (event) => {
    if (!inForm(event.target)) return;
    if (event.isTrusted) tell("");
    settle();
  });
  document.addEventListener("change", (event) => {
    if (inForm(event.target)) post("save");
  });
  document.addEventListener("focusout", (event) => {
    const input = event.target;
    if (!inForm(input) || !inputs().includes(input)) return;
    const name = nameOf(input);
    if (name in written && input.value === base[name]) write(input, name, written[name]);
    delete written[name];
  });
  document.addEventListener("click", clicked);
  window.addEventListener("portal:refused", refused);
  window.addEventListener("portal:pasted", (event) => {
    if (here() && event.detail.lost) tell(`${form.words.overflow} ${event.detail.lost}`);
  });
  window.addEventListener("online", () => {
    if (failed) post("save");
  });
  window.addEventListener("pagehide", keep);
  window.addEventListener("beforeunload", (event) => {
    if (!keep()) event.preventDefault();
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    submission: {
      opened(state) {
        if (state) opened(state);
        return window.dash_clientside.no_update;
      },
      answered(said) {
        if (said) answered(said);
        return window.dash_clientside.no_update;
      },
    },
  });
})();
