// While somebody types what goes into a paper, the proof-reader's remarks stand beside the field. The server has the rules.

import { csrfToken } from "./autosave/server.js";

const ADDRESS = "/proof-read/";
const AFTER_TYPING_MS = 1000;
const readings = new WeakMap(); // by field: the timer, and the request under way

function remarksOf(control) {
  return document.getElementById(`${control.id}_remarks`);
}

/** Without scripts nothing can be selected; and where the words have changed since, not yet again. */
function offerSelecting(box, isOffered) {
  for (const button of box?.querySelectorAll("button[data-from]") || []) button.hidden = !isOffered;
}

function show(box, reading, markup) {
  if (reading.shown !== markup) box.innerHTML = markup; // put there again, it would be read out again
  reading.shown = markup;
  offerSelecting(box, true);
}

/** The server counts characters, a browser counts the halves of rare ones. */
function offset(text, characters) {
  return Array.from(text).slice(0, characters).join("").length;
}

function selectSlip(event) {
  const button = event.target.closest("[data-remarks] button[data-from]");
  const box = button?.closest("[data-remarks]");
  const control = box && document.getElementById(box.id.replace(/_remarks$/, ""));
  if (!control) return;
  control.focus();
  control.setSelectionRange(offset(control.value, button.dataset.from), offset(control.value, button.dataset.to));
  control.scrollIntoView({ block: "center" });
}

async function ask(control, signal) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", csrfToken(control.form));
  body.append("text", control.value);
  const response = await fetch(ADDRESS, { method: "POST", body, redirect: "manual", signal });
  return response.status === 200 ? response.text() : "";
}

/** What was pointed out in other words is gone at once; without an answer nothing is said. */
async function read(control, reading) {
  const box = remarksOf(control);
  if (!box) return;
  reading.request = new AbortController();
  const { signal } = reading.request;
  const markup = control.value.trim() ? await ask(control, signal).catch(() => "") : "";
  if (!signal.aborted) show(box, reading, markup);
}

/** Reads after a pause in typing, but not in the middle of a character that is being composed. */
function listen(event) {
  const control = event.target;
  if (!control.matches?.("[data-proof-read]")) return;
  const reading = readings.get(control) || {};
  readings.set(control, reading);
  clearTimeout(reading.timer);
  reading.request?.abort();
  offerSelecting(remarksOf(control), false);
  if (event.isComposing && event.type === "input") return;
  reading.timer = setTimeout(() => read(control, reading), AFTER_TYPING_MS);
}

export function startProofReading() {
  for (const type of ["input", "compositionend"]) document.addEventListener(type, listen);
  document.addEventListener("click", selectSlip);
  for (const box of document.querySelectorAll("[data-remarks]")) offerSelecting(box, true);
}
