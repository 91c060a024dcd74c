// What people do with a form that is saved while they type.

import { fileInputs } from "../upload/chosen_files.js";
import { replacePage } from "../upload/replace_page.js";
import { Draft } from "./draft.js";
import { Exchange } from "./exchange.js";
import { withinWait } from "./server.js";
import { isDrafted } from "./values.js";

const AFTER_TYPING_MS = 1500;
const POLL_MS = 15_000;

/** Saves after a pause in typing, but not in the middle of a character that is being composed. */
function listenToTyping(draft, exchange) {
  let timer = 0;
  let isComposing = false;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => (isComposing ? wait() : exchange.save()), AFTER_TYPING_MS);
  }

  function changed(event) {
    if (!isDrafted(event.target)) return;
    draft.hold();
    draft.retryRefused();
    wait();
  }

  draft.form.addEventListener("input", changed);
  draft.form.addEventListener("change", changed);
  for (const type of ["compositionstart", "compositionend"]) {
    draft.form.addEventListener(type, () => {
      isComposing = type === "compositionstart";
    });
  }
  draft.form.addEventListener("focusout", () => exchange.save());
}

/** Another task has another form: what was typed goes along where it is known for which. */
function listenToChoiceOfTask(draft, exchange, onPageReplaced) {
  draft.form.addEventListener("change", (event) => {
    if (event.target.name !== "task" || event.target.type !== "radio") return;
    const query = `?task=${encodeURIComponent(event.target.value)}`;
    if (draft.isWaiting) draft.store.write(`${draft.url}${query}`, draft.fields.cellsToHold());
    withinWait(exchange.save()).then(() => goTo(`${location.pathname}${query}`, draft.form, onPageReplaced));
  });
}

/** Files that were chosen cannot be carried to another page by the browser, so the page is fetched into this one. */
async function goTo(address, form, onPageReplaced) {
  const hasFiles = fileInputs(form).some((input) => input.files.length);
  const response = hasFiles ? await fetch(address).catch(() => null) : null;
  if (!response?.ok) {
    location.assign(address);
    return;
  }
  replacePage(form, { url: response.url, text: await response.text() }, onPageReplaced);
}

function listenToWindow(draft, exchange) {
  window.addEventListener("online", () => exchange.save());
  window.addEventListener("pagehide", () => {
    if (!draft.isLeaving) exchange.save({ isLeaving: true });
  });
  window.addEventListener("pageshow", (event) => {
    draft.isLeaving = false;
    if (event.persisted) exchange.ask();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !draft.isLeaving) exchange.save({ isLeaving: true });
    else if (!document.hidden && draft.isShared) exchange.ask();
  });
}

/** What was typed last is saved before the form goes; without a connection, or once logged out, it stays. */
function listenToSubmit(draft, exchange) {
  let isSaved = false;

  function letGo() {
    isSaved = false;
    draft.isLeaving = true;
    draft.store.markSent(draft.url);
  }

  function submitAgain(isReached, button) {
    if (isReached === false) {
      draft.stopSubmit();
      return;
    }
    isSaved = true;
    draft.form.requestSubmit(button);
  }

  function submit(event) {
    if (event.target !== draft.form) return;
    if (isSaved || draft.isIdle) {
      letGo();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    withinWait(saveOrCheckLogin()).then((isReached) => submitAgain(isReached, event.submitter));
  }

  function saveOrCheckLogin() {
    const isClean = !exchange.isSaving && !Object.keys(draft.fields.cellsToSend()).length;
    return isClean ? exchange.isStillLoggedIn() : exchange.save();
  }

  document.addEventListener("submit", submit, true);
}

/** A page that came back because somebody else was first shows both versions: beside the fields, and not twice. */
function moveConflictsToFields(draft, box) {
  for (const shown of box.querySelectorAll("[data-draft-other]")) {
    const { draftOther: name, values, ...change } = shown.dataset;
    if (!draft.values.controls(name).length) continue;
    shown.querySelector("label").remove();
    draft.showConflict(name, { ...change, values: JSON.parse(values) });
  }
}

/** Saves one form while it is typed into: from here on as long as its page stands. */
export function startDraft(box, store, owner, onPageReplaced) {
  const draft = new Draft(box, store, owner);
  const exchange = new Exchange(draft);
  draft.onDecided = () => exchange.save();
  listenToTyping(draft, exchange);
  listenToChoiceOfTask(draft, exchange, onPageReplaced);
  listenToWindow(draft, exchange);
  listenToSubmit(draft, exchange);
  moveConflictsToFields(draft, box);
  draft.restore();
  exchange.save();
  exchange.ask();
  const poll = setInterval(() => {
    if (draft.form.isConnected) exchange.poll();
    else clearInterval(poll); // another page was written in the place of this one
  }, POLL_MS);
}
