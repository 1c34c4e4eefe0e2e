// What the server refuses is said on the page, and the page stays as it is: whatever was typed is still there.
(function () {
  "use strict";
  var CALLBACK = "_dash-update-component";
  var PAGE = "shell-content.children";
  var root = document.documentElement;

  function box() {
    return document.getElementById("refusal");
  }

  function text(name) {
    var found = box();
    return (found && found.getAttribute("data-" + name)) || "";
  }

  function clear() {
    var found = box();
    if (found && !found.hidden) {
      found.hidden = true;
      found.textContent = "";
    }
  }

  function say(words, door) {
    var found = box();
    if (!found) {
      return;
    }
    found.textContent = "";
    var line = document.createElement("p");
    line.textContent = words;
    if (door) {
      var link = document.createElement("a");
      link.href = "/login";
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = text("door");
      line.append(" ", link);
    }
    var close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "×";
    close.setAttribute("aria-label", text("close"));
    close.addEventListener("click", clear);
    found.append(line, close);
    found.hidden = false;
  }

  function sentence(body) {
    try {
      return JSON.parse(body).message || text("wrong");
    } catch (error) {
      return text("wrong"); // not ours: a proxy's page, or a line cut in mid-sentence
    }
  }

  function refused(response) {
    return response.text().then(function (body) {
      if (response.status === 401) {
        say(text("session"), true);
      } else {
        say(sentence(body));
      }
      // The renderer reads the body of some refusals twice, which a response allows once.
      response.text = function () {
        return Promise.resolve(body);
      };
      response.json = function () {
        return Promise.resolve(body).then(JSON.parse);
      };
      return response;
    });
  }

  // Whoever sent the call may hold what it carried, to send it again.
  function tell(options, status) {
    var told = { body: options && options.body, status: status };
    window.dispatchEvent(new CustomEvent("portal:refused", { detail: told }));
  }

  function asksForPage(options) {
    var body = options && options.body;
    return typeof body === "string" && body.indexOf(PAGE) !== -1;
  }

  var send = window.fetch;
  window.fetch = function (resource, options) {
    var address = typeof resource === "string" ? resource : resource.url;
    var call = send.apply(this, arguments);
    if (address.indexOf(CALLBACK) === -1) {
      return call;
    }
    var page = asksForPage(options);
    return call.then(
      function (response) {
        if (page) {
          // A session that ended leaves the form in sight; any other refusal of a page takes its place.
          root.classList.toggle("page-refused", !response.ok && response.status !== 401);
        }
        if (!response.ok) {
          tell(options, response.status);
          return refused(response);
        }
        clear();
        return response;
      },
      function (error) {
        if (!error || error.name !== "AbortError") {
          say(text("offline"));
        }
        tell(options, 0);
        throw error;
      }
    );
  };

  window.addEventListener("online", function () {
    var found = box();
    if (found && found.textContent.indexOf(text("offline")) === 0) {
      clear();
    }
  });
  window.addEventListener("offline", function () {
    say(text("offline"));
  });

  function cookie(name) {
    var found = document.cookie.split("; ").find(function (one) {
      return one.indexOf(name + "=") === 0;
    });
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  function field(form, name, value) {
    var input = form.querySelector('input[name="' + name + '"]');
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      form.appendChild(input);
    }
    input.value = value;
  }

  // Plain forms that Dash draws: the token is the newest one, also after signing in again in another tab.
  document.addEventListener(
    "submit",
    function (event) {
      var form = event.target;
      if (!form.classList.contains("csrf")) {
        return;
      }
      field(form, "csrf_token", cookie("csrf_token"));
      if (form.classList.contains("back")) {
        field(form, "next", window.location.pathname + window.location.search);
      }
    },
    true
  );

  // After a page has been drawn: its title, the current link, and for the keyboard the start of the content.
  var arrivedBefore = null;
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shell = {
    arrived: function (drawn) {
      if (!drawn) {
        return window.dash_clientside.no_update;
      }
      document.title = drawn.title + " · " + text("brand");
      document.querySelectorAll(".shell-nav a").forEach(function (link) {
        if (link.classList.contains("on")) {
          link.setAttribute("aria-current", "page");
          link.scrollIntoView({ block: "nearest", inline: "nearest" });
        } else {
          link.removeAttribute("aria-current");
        }
      });
      if (arrivedBefore !== null && arrivedBefore !== drawn.path) {
        var main = document.getElementById("main");
        main.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
      arrivedBefore = drawn.path;
      return window.dash_clientside.no_update;
    },
  };
})();
