// Saves what is being typed: on the server while it can be reached, on this computer while it cannot.
// Works on any form in which components/draft.html stands.

import { startDraft } from "./form_events.js";
import { listenToDiscard, listenToLogout } from "./leaving.js";
import { showLeftovers } from "./leftovers.js";
import { DraftStore, unmarkSent } from "./store.js";

export function startAutosave({ onPageReplaced }) {
  const owner = document.body.dataset.user || "";
  if (!owner) {
    unmarkSent();
    return;
  }
  const store = new DraftStore(owner);
  const boxes = Array.from(document.querySelectorAll("[data-draft-url]"));
  store.claim();
  store.forgetAccepted(boxes.map((box) => box.dataset.draftUrl));
  store.forgetSaved(boxes.map((box) => box.dataset.draftUrl));
  listenToLogout(store, owner);
  for (const box of boxes) startDraft(box, store, owner, onPageReplaced);
  for (const box of document.querySelectorAll("[data-draft-left]")) showLeftovers(box, store);
  listenToDiscard(store);
}
