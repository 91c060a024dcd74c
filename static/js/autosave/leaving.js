// Before a person leaves a shared computer, what it still holds goes to the server, and then from here.

import { postCells, withinWait } from "./server.js";
import { unsavedCells } from "./store.js";

const MAX_WAIT_MS = 10_000; // longer than elsewhere: whoever is asked may lose what a slow server was about to take
const QUESTION = "有填写的内容没有保存到服务器，退出后不再保留在本机。仍要退出吗？";

/** Whether the server has taken every word of one form. */
async function isAllSaved(url, cells, owner, form) {
  if (!Object.keys(cells).length) return true;
  const response = await postCells(url, cells, { owner, form });
  if (response.status !== 200) return false;
  const { others, refused } = await response.json();
  return !Object.keys({ ...others, ...refused }).length;
}

async function sendAll(store, owner, form) {
  const sent = store.urls().map((url) => isAllSaved(url, unsavedCells(store.read(url)), owner, form));
  const results = await withinWait(
    Promise.all(sent).catch(() => [false]),
    MAX_WAIT_MS,
  );
  return Boolean(results?.every(Boolean));
}

export function listenToLogout(store, owner) {
  async function leave(event) {
    const form = event.target;
    if (!form.hasAttribute("data-logout") || !store.urls().length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isSafe = await sendAll(store, owner, form);
    if (!isSafe && !window.confirm(QUESTION)) return;
    store.close();
    form.requestSubmit();
  }

  document.addEventListener("submit", leave, true);
}

/** What is dropped on purpose is dropped here too. */
export function listenToDiscard(store) {
  document.addEventListener("submit", (event) => {
    const url = event.target.dataset.draftDiscard;
    if (url) store.remove(url);
  });
}
