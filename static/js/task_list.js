// 整改台账 by the keyboard: up and down choose a row, space ticks it, P opens its task list, D its last 督办单.

const DOCUMENT_KEYS = { p: "[data-paper]", d: "[data-supervision]" };

class TaskList {
  constructor(links) {
    this.links = links;
  }

  get present() {
    const row = document.activeElement?.closest("tr");
    return this.links.findIndex((link) => link.closest("tr") === row);
  }

  move(step) {
    const next = this.present < 0 ? 0 : Math.min(Math.max(this.present + step, 0), this.links.length - 1);
    this.links[next].focus();
    this.links[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  tick(row) {
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
    return true;
  }

  open(row, selector) {
    const [last] = Array.from(row.querySelectorAll(selector)).slice(-1);
    if (last) window.location.assign(last.href);
    return Boolean(last);
  }

  /** Whether the key did anything. */
  press(key, target) {
    if (key === "ArrowDown") return this.move(1);
    if (key === "ArrowUp") return this.move(-1);
    const row = this.links[this.present]?.closest("tr");
    if (!row) return false;
    if (key === " " && target.matches("[data-row]")) return this.tick(row);
    const selector = DOCUMENT_KEYS[key.toLowerCase()];
    return selector ? this.open(row, selector) : false;
  }
}

export function startTaskList() {
  const links = Array.from(document.querySelectorAll("[data-board] [data-row]"));
  if (!links.length) return;
  const list = new TaskList(links);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    if (list.press(event.key, event.target)) event.preventDefault();
  });
}
