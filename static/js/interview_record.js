// Comforts of the page that records an interview: days counted without leaving the page, words copied, the clock.
// Everything here is done by the server too, or by hand.

import { announce } from "./rows.js";

const CLOCK_MS = 5000;

/** Return in a line of text must not press the first button it finds. */
function ignoreReturn(event) {
  if (event.key === "Enter" && event.target.matches("input:not([type=submit])")) event.preventDefault();
}

// ---- Words beside the form, copied when the recorder asks. ----

function append(field, words) {
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
  announce(field);
  field.focus();
  field.scrollIntoView({ block: "center" });
}

function findEmptyMeasure(form) {
  const fields = form.querySelectorAll("textarea[name^='measures-'][name$='-content']");
  return Array.from(fields).find((field) => !field.value.trim());
}

function emptyMeasure(form) {
  if (!findEmptyMeasure(form)) form.querySelector("button[name='measures-add']").click();
  return findEmptyMeasure(form);
}

function quote(form, button) {
  const words = button.parentElement.querySelector("[data-words]").innerText.trim();
  if (button.dataset.quote !== "measures") {
    append(form.elements[button.dataset.quote], words);
    return;
  }
  for (const line of words.split("\n").filter(Boolean)) append(emptyMeasure(form), line.trim());
}

function startQuotes(form) {
  for (const button of document.querySelectorAll("button[data-quote]")) {
    button.hidden = false;
    button.addEventListener("click", () => quote(form, button));
  }
}

// ---- How each part stands. ----

function count(form, name, isCounted) {
  return Array.from(form.elements).filter((field) => name.test(field.name) && isCounted(field.value.trim())).length;
}

function progressWords(form, part) {
  if (part === "attendances") {
    const present = count(form, /^attendances-\d+-attendance$/, (value) => value === "present");
    return present ? `到会 ${present} 人` : "";
  }
  if (part === "measures") {
    const written = count(form, /^measures-\d+-content$/, Boolean);
    return written ? `${written} 项` : "";
  }
  return form.elements[part]?.value.trim() ? "已填写" : "";
}

function showProgress(form) {
  for (const light of document.querySelectorAll("[data-stands]")) {
    const part = light.dataset.stands;
    const words = progressWords(form, part);
    light.className = `light light-${words ? "green" : "grey"}`;
    light.textContent = words || (part === "attendances" ? "无人到会" : "未填写");
  }
}

// ---- Working days, counted by the server. ----

function showHints(page) {
  for (const hint of page.querySelectorAll(".rows-row .hint")) {
    const here = document.getElementById(hint.id);
    if (here) here.textContent = hint.textContent;
  }
}

/** A function that asks for the days; of several answers only the one to the last question is shown. */
function dayCounter(form) {
  let asked = 0;
  return async () => {
    asked += 1;
    const number = asked;
    const body = new FormData(form);
    body.append("edit", "1");
    try {
      const response = await fetch(location.pathname, { method: "POST", body });
      if (!response.ok || number !== asked) return;
      showHints(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      // counted when the page comes back
    }
  };
}

// ---- The clock. ----

function startClock(clock) {
  const ahead = new Date(clock.dataset.clock) - Date.now();
  const format = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" };
  setInterval(() => {
    clock.textContent = new Date(Date.now() + ahead).toLocaleTimeString("zh-CN", format);
  }, CLOCK_MS);
}

export function startInterviewRecord() {
  const form = document.querySelector("form[data-interview-record]");
  if (!form) return;
  const countDays = dayCounter(form);
  form.addEventListener("keydown", ignoreReturn);
  form.addEventListener("input", () => showProgress(form));
  form.addEventListener("change", (event) => {
    showProgress(form);
    if (event.target.matches("input[type=date]")) countDays();
  });
  document.addEventListener("visibilitychange", () => showProgress(form));
  startQuotes(form);
  const clock = document.querySelector("[data-clock]");
  if (clock) startClock(clock);
}
