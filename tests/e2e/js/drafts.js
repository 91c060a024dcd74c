// A form with its draft, and a server that answers when a test lets it.

import { Draft } from "/static/js/autosave/draft.js";
import { DraftStore } from "/static/js/autosave/store.js";
import { formOf, storageOf } from "./check.js";

export const URL = "/drafts/7/";
export const SHOWN = "1111111111111111";
export const SAVED = "2222222222222222";
export const OTHER = "3333333333333333";

/** A form that the server has sent with “认领。” in it; `held` is what the computer holds of a page before. */
export function draftOf({ held = {}, storage = storageOf(), attributes = "" } = {}) {
  const store = new DraftStore("7", () => storage);
  store.claim();
  store.write(URL, held);
  const form = formOf(`<input type="hidden" name="draft_seen"><input type="hidden" name="csrfmiddlewaretoken">
    <div class="field"><label>认领情况<textarea name="statement">认领。</textarea></label></div>
    <div class="field"><label>讨论<input name="discussion"></label></div>
    <div data-draft-url="${URL}" ${attributes}><p data-draft-status></p><template data-draft-conflict>
      <div class="draft-conflict"><b data-who></b><q data-words></q>
      <button type="button" data-take></button><button type="button" data-keep></button></div></template></div>`);
  form.elements.draft_seen.value = JSON.stringify({ statement: SHOWN });
  return new Draft(form.querySelector("[data-draft-url]"), store, "7");
}

export function write(draft, words, name = "statement") {
  draft.values.write(name, [words]);
}

export function status(draft) {
  return draft.form.querySelector("[data-draft-status]").textContent;
}

/** Takes every request of the page; each waits until a test answers it. */
export function serverOf() {
  const requests = [];
  window.fetch = (url, options = {}) =>
    new Promise((resolve, reject) => {
      const answer = async (code, content) => {
        resolve(new Response(content ? JSON.stringify(content) : null, { status: code }));
        await settled();
      };
      const fail = async () => {
        reject(new TypeError("Failed to fetch"));
        await settled();
      };
      const cells = options.body ? JSON.parse(options.body.get("cells")) : null;
      requests.push({ url, method: options.method || "GET", cells, keepalive: options.keepalive, answer, fail });
    });
  return requests;
}

/** What the server says that took these cells. */
export function taken(kept, { others = {}, refused = {} } = {}) {
  return { kept, others, refused, at: "09:30" };
}

/** Lets what follows from an answer happen. */
export function settled() {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
