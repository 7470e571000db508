"use strict";
// The page works without this: it only adds keys. "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input, textarea, select");
  if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey) {
    document.getElementById("q").focus();
    event.preventDefault();
  }
});
