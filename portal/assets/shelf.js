/* What was typed and is not on the server yet, kept on this computer: for each person and form, which version it was
   typed over, the texts, and what stood in their places before. */
(function () {
  "use strict";

  const key = (form) => `portal.form.${form.owner}.${form.key}`;

  window.portalShelf = {
    /* False where the browser keeps nothing: then only the page holds what was typed. */
    keep(form, texts, seen) {
      try {
        localStorage.setItem(key(form), JSON.stringify({ version: form.version, texts, seen }));
      } catch (full) {
        console.warn("this computer keeps no copy of the form", full);
        return false;
      }
      return true;
    },

    kept(form) {
      try {
        const found = JSON.parse(localStorage.getItem(key(form)) || "null");
        return found && found.texts && found.seen ? found : null;
      } catch (broken) {
        console.warn("what this computer kept of the form cannot be read", broken);
        return null;
      }
    },

    drop(form) {
      try {
        localStorage.removeItem(key(form));
      } catch (closed) {
        console.warn("the store of this computer is closed", closed);
      }
    },
  };
})();
