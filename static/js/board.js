// 整改台账 by the keyboard: up and down choose a row, space ticks it, P opens its task list, D its last 督办单. Works without as well.
(function () {
  "use strict";

  const rows = Array.from(document.querySelectorAll("[data-board] [data-row]"));
  if (!rows.length) return;

  function present() {
    const row = document.activeElement && document.activeElement.closest("tr");
    return rows.findIndex((link) => link.closest("tr") === row);
  }

  function move(step) {
    const at = present();
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", function (event) {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = present() < 0 ? null : rows[present()].closest("tr");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (row && event.key === " " && event.target.matches("[data-row]")) {
      const box = row.querySelector("input[type=checkbox]");
      if (box) box.checked = !box.checked;
    } else if (row && ["p", "d"].includes(event.key.toLowerCase())) {
      const wanted = event.key.toLowerCase() === "p" ? "[data-paper]" : "[data-supervision]";
      const papers = row.querySelectorAll(wanted);
      if (!papers.length) return;
      window.location.assign(papers[papers.length - 1].href);
    } else {
      return;
    }
    event.preventDefault();
  });
})();
