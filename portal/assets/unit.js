/* The table of a unit's page: lines grouped by programme, targets that lead to their law, years as a small picture. */
(function () {
  "use strict";

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  var components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  var draw = window.React.createElement;
  var WIDTH = 104;
  var HEIGHT = 34;
  var EDGE = 5;

  functions.unitIsGroup = function (params) {
    return Boolean(params.rowNode.data && params.rowNode.data.group);
  };

  /* On a telephone a name takes more lines than the numbers beside it. */
  functions.unitHeight = function (params, usual) {
    var height = params.data.height || usual;
    return window.innerWidth <= 640 ? Math.max(height, params.data.narrow || 0) : height;
  };

  /* A line was clicked, or Enter pressed in it: ask the server what stands behind its result; a target's cell leads on. */
  functions.unitAsk = function (params, setEventData) {
    var event = params.event || {};
    var pressed = event.type === "keydown";
    if ((pressed && event.key !== "Enter") || !params.data || params.data.group) return;
    var cell = params.data[params.column.getColId()];
    if (pressed && cell && cell.h) {
      window.location.assign(cell.h);
      return;
    }
    if (!pressed && event.target && event.target.closest && event.target.closest("a")) return;
    document.dispatchEvent(new CustomEvent("comparison-asked"));
    setEventData({ definition: params.data.key });
  };

  function small(text) {
    return text ? draw("span", { className: "m" }, text) : null;
  }

  components.GroupRow = function (props) {
    return draw("span", { className: "group-row", role: "gridcell" }, props.data.group);
  };

  components.LineName = function (props) {
    return draw("span", { className: "cell-name", title: props.data.title }, props.data.name, small(props.data.small));
  };

  /* t: text, s: the line under it, y: why, h: where it leads. */
  components.LineCell = function (props) {
    var cell = props.value;
    if (!cell) return null;
    var kind = cell.t.length > 12 ? "cell-value long" : "cell-value";
    var text = cell.h ? draw("a", { href: cell.h, tabIndex: -1 }, cell.t) : cell.t;
    return draw(
      "span",
      { className: "cell", title: cell.y || undefined },
      draw("span", { className: "cell-line" }, draw("span", { className: kind }, text)),
      small(cell.s)
    );
  };

  components.VerdictCell = function (props) {
    var cell = props.value;
    if (!cell) return null;
    var known = ((props.context || {}).marks || {})[cell.c];
    var sign = known ? draw("span", { className: "v " + known[1], "aria-hidden": "true" }, known[0]) : null;
    return draw(
      "span",
      { className: "cell verdict-cell" },
      draw("span", { className: "cell-line" }, sign, draw("span", null, cell.t)),
      small(cell.s)
    );
  };

  function place(points) {
    var values = points
      .map(function (point) {
        return point[1];
      })
      .filter(function (value) {
        return typeof value === "number";
      });
    var low = Math.min.apply(null, values);
    var high = Math.max.apply(null, values);
    return points.map(function (point, at) {
      if (typeof point[1] !== "number") return null;
      var across = points.length > 1 ? at / (points.length - 1) : 0.5;
      var up = high > low ? (point[1] - low) / (high - low) : 0.5;
      return [EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)];
    });
  }

  /* A year without a value breaks the line: nothing is drawn where nothing is known. */
  function strokes(places) {
    var found = [];
    places.forEach(function (spot, at) {
      var before = at ? places[at - 1] : null;
      if (spot && before) {
        found.push(draw("line", { key: "l" + at, x1: before[0], y1: before[1], x2: spot[0], y2: spot[1] }));
      }
    });
    return found;
  }

  function dots(places) {
    return places.map(function (spot, at) {
      if (!spot) return null;
      var last = at === places.length - 1;
      return draw("circle", { key: "c" + at, cx: spot[0], cy: spot[1], r: last ? 3.2 : 2.2, className: last ? "last" : null });
    });
  }

  /* p: years with their values, null where there is none; t: all of it in words; h: where it leads, if anywhere. */
  components.SeriesCell = function (props) {
    var cell = props.value;
    if (!cell) return null;
    var places = place(cell.p);
    if (!places.some(Boolean)) return draw("span", { className: "cell", title: cell.t }, "–");
    var picture = draw(
      "svg",
      { className: "years", role: "img", "aria-label": cell.t, width: WIDTH, height: HEIGHT, viewBox: [0, 0, WIDTH, HEIGHT].join(" ") },
      strokes(places),
      dots(places)
    );
    return draw(
      "span",
      { className: "cell", title: cell.t },
      cell.h ? draw("a", { href: cell.h, tabIndex: -1 }, picture) : picture
    );
  };
})();
