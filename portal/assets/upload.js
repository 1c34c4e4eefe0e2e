/* A form that sends a file: what the server says of it is told on the page, and whatever else was typed there stays. */
(function () {
  "use strict";

  function fill(slot) {
    if (slot.firstChild) return;
    var input = document.createElement("input");
    input.type = "file";
    input.required = true;
    input.id = slot.getAttribute("data-id");
    input.name = slot.getAttribute("data-name");
    input.accept = slot.getAttribute("data-accept");
    slot.appendChild(input);
  }

  function fillAll() {
    document.querySelectorAll(".upload-slot").forEach(fill);
  }

  function word(name) {
    var box = document.getElementById("refusal");
    return (box && box.getAttribute("data-" + name)) || "";
  }

  function tell(form, message, details) {
    var told = form.querySelector(".upload-told");
    told.textContent = "";
    var line = document.createElement("p");
    line.className = "problem";
    line.textContent = message;
    told.appendChild(line);
    if (!details || !details.length) return;
    var list = document.createElement("ul");
    details.forEach(function (one) {
      var item = document.createElement("li");
      item.textContent = one;
      list.appendChild(item);
    });
    told.appendChild(list);
  }

  function answered(form, response) {
    if (response.status === 401) {
      tell(form, word("session"));
      return null;
    }
    return response.json().then(function (answer) {
      if (response.ok) window.location.assign(answer.address);
      else tell(form, answer.message || word("wrong"), answer.details);
    });
  }

  /* The token is written into the form before this is called. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.classList.contains("upload")) return;
    event.preventDefault();
    var button = form.querySelector("button[type=submit]");
    var options = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
    button.disabled = true;
    form.querySelector(".upload-told").textContent = "";
    window
      .fetch(form.action, options)
      .then(function (response) {
        return answered(form, response);
      })
      .catch(function () {
        tell(form, word("offline"));
      })
      .then(function () {
        button.disabled = false;
      });
  });

  new MutationObserver(fillAll).observe(document.documentElement, { childList: true, subtree: true });
  fillAll();
})();
