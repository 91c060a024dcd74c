// Rows of fields: one more is a copy of the last, emptied; words change places without leaving the page.
// The server does all of it too, where no script runs.

const NUMBERED = ["name", "id", "for", "aria-describedby"];
const TOOL = /^.*-(up|down|remove)$/;

function emptyNode(node) {
  for (const name of ["aria-invalid", "checked"]) node.removeAttribute(name);
  if (node.matches("[data-remarks]")) node.replaceChildren();
  if (node.matches(".draft-conflict, .draft-note, .field-error")) node.remove();
  if (node.matches("input:not([type=checkbox]):not([type=radio])")) node.setAttribute("value", "");
  if (node.matches("textarea")) node.textContent = "";
  if (node.matches("option[selected]")) node.removeAttribute("selected");
}

function renumber(node, before, after) {
  for (const name of NUMBERED) {
    const value = node.getAttribute(name);
    if (value) node.setAttribute(name, value.replace(before, after));
  }
}

/** Adds a row behind the last one of a field. Returns it, or null if the form lets nobody add one. */
export function addRow(form, field) {
  const count = form.elements[`${field}-count`];
  const button = form.querySelector(`button[name="${CSS.escape(field)}-add"]`);
  const number = count ? Number(count.value) : 0;
  const last = number && form.querySelector(`[name^="${CSS.escape(field)}-${number - 1}-"]`)?.closest(".rows-row");
  if (!button || !last) return null;
  const row = last.cloneNode(true);
  for (const node of row.querySelectorAll("*")) {
    renumber(node, `${field}-${number - 1}-`, `${field}-${number}-`);
    emptyNode(node);
  }
  last.after(row);
  count.value = String(number + 1);
  return row;
}

/** Adds rows until there is the one that a field's name counts. */
export function addRowsFor(form, name) {
  const [field, number] = name.split("-");
  const count = form.elements[`${field}-count`];
  while (count && Number(count.value) <= Number(number)) {
    if (!addRow(form, field)) return;
  }
}

function addByButton(event) {
  const button = event.target.closest("button[name$='-add']");
  const row = button?.form && addRow(button.form, button.name.slice(0, -"-add".length));
  if (!row) return;
  event.preventDefault();
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function controls(row) {
  return Array.from(row.querySelectorAll("input:not([type=hidden]), select, textarea"));
}

function setValues(row, values) {
  controls(row).forEach((control, place) => {
    if (control.value === values[place]) return;
    control.value = values[place];
    announce(control);
  });
}

/** Lets the other scripts hear of a change that no hand has made. */
export function announce(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

// The fields keep their names; only their words move. Returns where the row that was meant is now.
function moveWords(rows, place, tool) {
  const words = rows.map((row) => controls(row).map((control) => control.value));
  const other = tool === "up" ? place - 1 : place + 1;
  if (tool === "remove") {
    const [removed] = words.splice(place, 1);
    words.push(removed.map(() => ""));
  } else if (other >= 0 && other < words.length) {
    [words[place], words[other]] = [words[other], words[place]];
  } else {
    return place;
  }
  for (const [number, row] of rows.entries()) setValues(row, words[number]);
  return tool === "remove" ? place : other;
}

function moveByButton(event) {
  const button = event.target.closest(".rows-tools button");
  const tool = button && TOOL.exec(button.name)?.[1];
  if (!tool) return;
  event.preventDefault();
  const row = button.closest(".rows-row");
  const rows = Array.from(row.parentElement.children);
  const place = moveWords(rows, rows.indexOf(row), tool);
  rows[place].querySelector(`.rows-tools button[name$='-${tool}']`).focus();
}

export function startRows() {
  document.addEventListener("click", addByButton);
  if (document.querySelector("form[data-interview-record]")) document.addEventListener("click", moveByButton);
}
