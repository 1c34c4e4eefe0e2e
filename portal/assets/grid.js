/* How cells of the tables are drawn, sorted and filtered. The words in them come from the server. */
(function () {
  "use strict";

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  var draw = window.React.createElement;
  var letters = new Intl.Collator("vi", { numeric: true, sensitivity: "variant" });

  function ofColumn(params) {
    return params.data ? params.data[params.column.getColId()] : null;
  }

  /* The grid turns the order around when it sorts downwards; what is empty stays last either way. */
  functions.gridByValue = function (left, right, leftRow, rightRow, down) {
    var a = left && typeof left.v === "number" ? left.v : null;
    var b = right && typeof right.v === "number" ? right.v : null;
    if (a === b) return 0;
    if (a === null) return down ? -1 : 1;
    if (b === null) return down ? 1 : -1;
    return a - b;
  };

  /* By the name itself where the row gives it, so that wards and communes stand mixed, as in every list. */
  functions.gridByName = function (left, right, leftRow, rightRow) {
    var a = (leftRow && leftRow.data && leftRow.data.order) || left || "";
    var b = (rightRow && rightRow.data && rightRow.data.order) || right || "";
    return letters.compare(a, b);
  };

  functions.gridValue = function (params) {
    var cell = ofColumn(params);
    return cell && typeof cell.v === "number" ? cell.v : null;
  };

  /* "1.234,5" and "1234.5" alike: a point before exactly three figures sets thousands apart where commas are decimal. */
  functions.gridNumber = function (text) {
    var typed = (text || "").replace(/\s/g, "");
    if (!typed) return null;
    if (document.documentElement.lang === "en") {
      typed = typed.replace(/,/g, "");
    } else if (typed.indexOf(",") >= 0 || /^-?\d{1,3}(\.\d{3})+$/.test(typed)) {
      typed = typed.replace(/\./g, "").replace(",", ".");
    }
    var number = Number(typed);
    return isFinite(number) ? number : null;
  };

  /* A name is found with or without its marks: "hai phong" finds "Hải Phòng". */
  functions.gridLetters = function (text) {
    if (text === null || text === undefined) return text;
    return String(text)
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/g, "d");
  };

  function rootOf(api) {
    return document.querySelector('[grid-id="' + api.getGridId() + '"] .ag-root');
  }

  functions.gridLabel = function (params) {
    var root = rootOf(params.api);
    var context = params.api.getGridOption("context");
    if (root && context && context.label) root.setAttribute("aria-label", context.label);
  };

  /* No cell comes next: the grid leaves Tab to the browser, which goes on to whatever stands behind the table. */
  functions.gridLeave = function () {
    return false;
  };

  /* The first column is fixed in its place and must leave room for others on a telephone. */
  functions.gridFit = function (params) {
    var root = rootOf(params.api);
    var kind = window.innerWidth > 640 ? "wide" : "narrow";
    if (!root || root.getAttribute("data-fits") === kind) return;
    root.setAttribute("data-fits", kind);
    params.api.setColumnWidths([{ key: "name", newWidth: kind === "wide" ? 214 : 148 }]);
  };

  /* On a telephone the name of an instrument takes lines of its own. */
  functions.gridHeight = function (params, usual) {
    var height = params.data.height || usual;
    return params.data.cited && window.innerWidth <= 640 ? Math.max(height, 72) : height;
  };

  /* A number was clicked, or Enter pressed on it: ask the server what stands behind it. */
  functions.gridAsk = function (params, setEventData) {
    var column = params.column.getColId();
    var pressed = params.event && params.event.type === "keydown";
    if ((pressed && params.event.key !== "Enter") || !params.data) return;
    if (column === "name") {
      if (pressed && params.data.href) window.location.assign(params.data.href);
      return;
    }
    if (params.data.cited || !params.data[column]) return;
    document.dispatchEvent(new CustomEvent("comparison-asked"));
    setEventData({ unit: params.data.key, definition: column });
  };

  /* A row was clicked, or Enter pressed in it: ask the server what stands behind its target. */
  functions.gridOpen = function (params, setEventData) {
    var pressed = params.event && params.event.type === "keydown";
    if ((pressed && params.event.key !== "Enter") || !params.data) return;
    document.dispatchEvent(new CustomEvent("comparison-asked"));
    setEventData({ target: params.data.key });
  };

  function line(kind, content) {
    return content ? draw("span", { className: kind }, content) : null;
  }

  /* An interval, or the number of a document, stays on one line where the text under a number takes several. */
  function unbroken(text) {
    if (!/[–/]/.test(text)) return text;
    return text.split(/( · |, )/).map(function (piece, place) {
      var whole = /^[-\d].*–/.test(piece) || /\/.*-/.test(piece);
      return whole ? draw("span", { className: "together", key: place }, piece) : piece;
    });
  }

  /* Everything that the cell is about, for whoever points at it: verdict with its numbers, why, and each target. */
  function explanation(cell, word, aims) {
    var verdict = word && cell.c && cell.s && !cell.y ? word + " (" + cell.s + ")" : word;
    return [verdict, cell.y, cell.o].concat(aims || []).filter(Boolean).join("\n");
  }

  function mark(cell, known) {
    return known && cell.c !== "NO_DATA"
      ? draw("span", { className: "v " + known[1], role: "img", "aria-label": known[2] }, known[0])
      : draw("span", { className: "v", "aria-hidden": "true" });
  }

  /*
   * v: value, t: its text, s: margin and interval, c: verdict, y: why, o: the unit's own target.
   * w: what stands before the value in place of a verdict, such as the year of a goal.
   */
  components.ValueCell = function (props) {
    var cell = props.value;
    if (!cell) return null;
    var context = props.context || {};
    var known = (context.marks || {})[cell.c];
    var word = known ? known[2] : cell.w;
    var isTarget = Boolean(props.data.cited);
    var isLong = cell.t.length > 12;
    /* Why a cell is empty comes before what it was to reach. */
    var small = typeof cell.v === "number" || isTarget ? [isLong ? word : "", cell.o, cell.s] : [cell.s, cell.o];
    var title = isTarget ? cell.t : explanation(cell, word, (context.aims || {})[props.column.getColId()]);
    return draw(
      "span",
      { className: "cell", title: title || undefined },
      draw(
        "span",
        { className: "cell-line" },
        draw("span", { className: "goal" }, isLong ? "" : cell.w),
        draw("span", { className: isLong ? "cell-value long" : "cell-value" }, cell.t),
        isLong || cell.w ? null : mark(cell, known)
      ),
      line("m", unbroken(small.filter(Boolean).join(" · ")))
    );
  };

  components.NameCell = function (props) {
    var row = props.data;
    var name = row.href ? draw("a", { href: row.href, tabIndex: -1 }, row.name) : draw("span", null, row.name);
    var title = row.cited ? row.name + ", " + row.cited : undefined;
    return draw("span", { className: "cell-name", title: title }, name, line("m", row.small));
  };

  components.ColumnHeading = function (props) {
    return draw("span", { className: "heading", title: props.title || undefined }, props.displayName, line("m", props.small));
  };
})();
