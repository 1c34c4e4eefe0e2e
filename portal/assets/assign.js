/* The sheet on which targets are handed down: drawn here from what the server knows, so that nothing but the person and
   this script writes into its cells. What is typed is weighed by the server and kept on this computer until it is given. */
(function () {
  "use strict";

  var IDLE = 450;
  var state = null; // what the sheet on the page was drawn from
  var places = {}; // the inputs by their places
  var number = 0; // of the last message, so that an answer to an older one changes nothing
  var timer = null;
  var warned = "";
  var busy = false;

  function byId(name) {
    return document.getElementById("assign-" + name);
  }

  function make(tag, kind, text) {
    var made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function here() {
    var sheet = byId("sheet");
    return Boolean(state && sheet && sheet.getAttribute("data-form") === state.key);
  }

  function inputs() {
    return Array.prototype.slice.call(byId("sheet").querySelectorAll("input[data-place]"));
  }

  function base(place) {
    return (state.cells[place] || {}).v || "";
  }

  function tell(text) {
    if (byId("told")) byId("told").textContent = text;
  }

  /* ---- drawing ---- */

  function heading(column) {
    var cell = make("th", "n", column.short);
    cell.scope = "col";
    cell.title = column.name;
    if (column.small) cell.appendChild(make("small", "", column.small));
    return cell;
  }

  function cellOf(row, column) {
    var place = row.key + "|" + column.key;
    var known = state.cells[place] || {};
    var cell = make("td", "n");
    var slot = make("span", "cell");
    var input = document.createElement("input");
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.maxLength = 40;
    input.value = known.v || "";
    input.setAttribute("data-place", place);
    input.setAttribute("aria-label", row.name + ", " + column.name);
    places[place] = input;
    slot.appendChild(input);
    cell.appendChild(slot);
    if (known.s) cell.appendChild(make("small", "m", known.s));
    if (known.g) {
      var button = make("button", "plain past", known.g);
      button.type = "button";
      button.title = state.words.history;
      button.setAttribute("aria-label", state.words.history + ": " + row.name + ", " + column.name + ", " + known.g);
      button.setAttribute("data-history", place);
      cell.appendChild(button);
    }
    var flag = make("small", "flag");
    flag.id = "assign-flag-" + place.replace(/[^\w-]/g, "-");
    cell.appendChild(flag);
    return cell;
  }

  function draw() {
    places = {};
    var table = make("table", "assign-table");
    table.setAttribute("aria-label", state.words.label);
    var head = document.createElement("tr");
    var first = make("th", "", state.words.unit);
    first.scope = "col";
    head.appendChild(first);
    state.columns.forEach(function (column) {
      head.appendChild(heading(column));
    });
    var top = document.createElement("thead");
    top.appendChild(head);
    var body = document.createElement("tbody");
    state.rows.forEach(function (row) {
      var line = make("tr", row.own ? "own" : "");
      var name = make("th", "", row.name);
      name.scope = "row";
      line.appendChild(name);
      state.columns.forEach(function (column) {
        line.appendChild(cellOf(row, column));
      });
      body.appendChild(line);
    });
    table.appendChild(top);
    table.appendChild(body);
    byId("sheet").replaceChildren(table);
  }

  function put(place, text) {
    var input = places[place];
    if (!input || input.value === text) return false;
    input.value = text;
    return true;
  }

  function show(flags) {
    inputs().forEach(function (input) {
      var cell = input.closest("td");
      var found = flags[input.getAttribute("data-place")];
      var flag = cell.querySelector(".flag");
      cell.classList.toggle("bad", Boolean(found && found[0] === "bad"));
      cell.classList.toggle("low", Boolean(found && found[0] === "low"));
      flag.textContent = found ? (found[0] === "bad" ? "▲ " : "▽ ") + found[1] : "";
      if (found && found[0] === "bad") input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      if (found) input.setAttribute("aria-describedby", flag.id);
      else input.removeAttribute("aria-describedby");
    });
  }

  /* ---- what is typed and not given stays on this computer ---- */

  function mark() {
    inputs().forEach(function (input) {
      input.closest("td").classList.toggle("changed", input.value.trim() !== base(input.getAttribute("data-place")));
    });
  }

  function shelf() {
    try {
      return JSON.parse(sessionStorage.getItem(state.shelf) || "{}") || {};
    } catch (broken) {
      console.warn("what this computer kept of the sheet cannot be read", broken);
      return {};
    }
  }

  function keep() {
    /* Other columns of the same year are other pages: what was typed there stays as well. */
    var kept = shelf();
    inputs().forEach(function (input) {
      var place = input.getAttribute("data-place");
      if (input.value.trim() === base(place)) delete kept[place];
      else kept[place] = input.value;
    });
    try {
      sessionStorage.setItem(state.shelf, JSON.stringify(kept));
    } catch (full) {
      console.warn("this computer keeps no copy of the sheet", full);
    }
    mark();
  }

  function restore() {
    var kept = shelf();
    var count = Object.keys(kept).filter(function (place) {
      return put(place, String(kept[place]));
    }).length;
    if (count) tell(state.words.restored);
    mark();
    return count;
  }

  function reset() {
    inputs().forEach(function (input) {
      input.value = base(input.getAttribute("data-place"));
    });
    show({});
    keep();
    tell("");
    send("check");
  }

  /* ---- messages ---- */

  function asks() {
    var found = {};
    state.columns.forEach(function (column) {
      var list = document.getElementById("assign-asks-" + column.key);
      if (list) found[column.key] = list.value;
    });
    return found;
  }

  function message(intent) {
    var cells = {};
    var seen = {};
    inputs().forEach(function (input) {
      var place = input.getAttribute("data-place");
      if (input.value.trim()) cells[place] = input.value.trim();
      if ((state.cells[place] || {}).k) seen[place] = state.cells[place].k;
    });
    number += 1;
    return { number: number, intent: intent, query: state.query, cells: cells, seen: seen, asks: asks() };
  }

  function send(intent, more) {
    window.clearTimeout(timer);
    if (!here()) return;
    var all = byId("all");
    var box = Object.assign(message(intent), { everything: Boolean(all && all.checked) }, more);
    window.dash_clientside.set_props("assign-box", { data: box });
  }

  function order(intent) {
    window.clearTimeout(timer);
    if (!here() || busy) return;
    busy = true;
    tell(state.words.giving);
    var document_ = {};
    ["document", "number", "day", "subject"].forEach(function (name) {
      document_[name === "document" ? "key" : name] = byId(name) ? byId(name).value : "";
    });
    var box = Object.assign(message(intent), { document: document_, warned: warned });
    window.dash_clientside.set_props("assign-order", { data: box });
  }

  function history(place) {
    var parts = place.split("|");
    var asked = { query: state.query, unit: parts[0], definition: parts[1], at: Date.now() };
    document.dispatchEvent(new CustomEvent("comparison-asked"));
    window.dash_clientside.set_props("assign-asked", { data: asked });
  }

  function opened(now) {
    state = now;
    if (!here()) return;
    warned = "";
    busy = false;
    draw();
    show(state.flags);
    if (state.fresh) {
      /* Only what stands here was given: other columns' typing stays. */
      keep();
      tell("");
    } else if (restore()) {
      send("check");
    }
  }

  function answered(said) {
    if (!here() || said.number !== number) return;
    var count = Object.keys(said.fill).filter(function (place) {
      return put(place, said.fill[place]);
    }).length;
    show(said.flags);
    if (said.intent === "fill") tell(count ? state.words.filled.replace("{count}", count) : state.words.nothing);
    keep();
  }

  function given(said) {
    busy = false;
    if (!here()) return;
    warned = said.warned || "";
    tell("");
    /* What was said of a file is over once something else was answered. */
    byId("read").replaceChildren();
    show(said.flags);
    var notice = byId("notice");
    if (notice) notice.scrollIntoView({ block: "center" });
  }

  /* ---- a workbook is read into the sheet ---- */

  function token() {
    var found = document.cookie.split("; ").find(function (one) {
      return one.indexOf("csrf_token=") === 0;
    });
    return found ? decodeURIComponent(found.slice(11)) : "";
  }

  function say(words, lines, bad) {
    var box = make("div", bad ? "form-notice back" : "done");
    box.setAttribute("role", bad ? "alert" : "status");
    box.appendChild(make("p", "", words));
    if (lines && lines.length) {
      var list = make("ul");
      lines.forEach(function (line) {
        list.appendChild(make("li", "", line));
      });
      box.appendChild(list);
    }
    byId("read").replaceChildren(box);
  }

  function read(file) {
    var form = new FormData();
    form.append("csrf_token", token());
    form.append("file", file);
    window
      .fetch("/assign/workbook?" + new URLSearchParams(state.query), { method: "POST", body: form })
      .then(function (response) {
        return response.json().then(function (told) {
          if (!response.ok) {
            say(told.message, told.lines, true);
            return;
          }
          state.rows.forEach(function (row) {
            state.columns.forEach(function (column) {
              var place = row.key + "|" + column.key;
              if (!row.own) put(place, told.fill[place] || "");
            });
          });
          say(told.message, [], false);
          keep();
          send("check");
        });
      })
      .catch(function (error) {
        console.warn("the workbook was not sent", error);
        say(document.getElementById("refusal").getAttribute("data-wrong") || "", [], true);
      });
  }

  function choose() {
    var picker = document.createElement("input");
    picker.type = "file";
    picker.accept = ".xlsx";
    picker.id = "assign-file";
    picker.hidden = true;
    picker.addEventListener("change", function () {
      if (picker.files.length) read(picker.files[0]);
      picker.remove();
    });
    document.body.appendChild(picker);
    picker.click();
  }

  /* ---- what happens on the page ---- */

  document.addEventListener("input", function (event) {
    if (!here() || !event.target.hasAttribute("data-place")) return;
    keep();
    window.clearTimeout(timer);
    timer = window.setTimeout(send, IDLE, "check");
  });
  document.addEventListener("change", function (event) {
    if (here() && event.target.classList.contains("assign-asks")) send("check");
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button");
    if (!button || !here()) return;
    if (button.hasAttribute("data-fill")) {
      send("fill", { way: button.getAttribute("data-fill"), definition: button.getAttribute("data-definition") });
    } else if (button.hasAttribute("data-intent")) {
      order(button.getAttribute("data-intent"));
    } else if (button.hasAttribute("data-history")) {
      history(button.getAttribute("data-history"));
    } else if (button.id === "assign-reset") {
      reset();
    } else if (button.id === "assign-upload") {
      choose();
    }
  });
  window.addEventListener("portal:refused", function () {
    busy = false;
    if (here()) tell("");
  });
  window.addEventListener("portal:pasted", function (event) {
    if (here() && event.detail.lost) tell(state.words.overflow + " " + event.detail.lost);
  });

  function quietly(work) {
    return function (said) {
      if (said) work(said);
      return window.dash_clientside.no_update;
    };
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    assign: { opened: quietly(opened), answered: quietly(answered), given: quietly(given) },
  });
})();
