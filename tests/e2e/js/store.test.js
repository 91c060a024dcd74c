import { DraftStore, unmarkSent, unsavedCells } from "/static/js/autosave/store.js";
import { equal, storageOf } from "./check.js";

const UNSAVED = { value: ["认领问题。"], shown: "" };
const SAVED = { value: ["措施可行。"], shown: "", saved: "0123456789abcdef" };

function storeOf(owner, storage) {
  const store = new DraftStore(owner, () => storage);
  store.claim();
  return store;
}

export function holds_the_cells_of_each_form_by_itself() {
  const store = storeOf("7", storageOf());
  equal(store.write("/a/", { statement: UNSAVED }), true);
  equal(store.write("/b/", { discussion: SAVED }), true);
  equal(store.read("/a/"), { statement: UNSAVED });
  equal(store.urls(), ["/a/", "/b/"]);
}

export function an_empty_form_is_let_go() {
  const storage = storageOf();
  const store = storeOf("7", storage);
  store.write("/a/", { statement: UNSAVED });
  store.write("/a/", {});
  equal(store.urls(), []);
}

export function the_next_person_finds_nothing() {
  const storage = storageOf();
  storeOf("7", storage).write("/a/", { statement: UNSAVED });
  equal(storeOf("77", storage).urls(), []);
  equal(Object.keys(storage), ["yuetan-last-owner"]);
}

export function a_page_left_open_by_somebody_else_writes_nothing() {
  const storage = storageOf();
  const left = storeOf("7", storage);
  const next = storeOf("8", storage);
  equal(left.write("/a/", { statement: UNSAVED }), false);
  equal(next.urls(), []);
}

export function a_closed_store_takes_no_more_words() {
  const store = storeOf("7", storageOf());
  store.write("/a/", { statement: UNSAVED });
  store.close();
  equal(store.write("/a/", { statement: UNSAVED }), false);
  equal(store.urls(), []);
}

export function what_the_server_has_goes_but_of_open_forms() {
  const store = storeOf("7", storageOf());
  for (const url of ["/a/", "/b/"]) store.write(url, { statement: UNSAVED, discussion: SAVED });
  store.forgetSaved(["/b/"]);
  equal(store.read("/a/"), { statement: UNSAVED });
  equal(store.read("/b/"), { statement: UNSAVED, discussion: SAVED });
  equal(unsavedCells(store.read("/b/")), { statement: UNSAVED });
}

export function a_browser_that_forbids_or_is_full_or_holds_rubbish_stops_nobody() {
  const forbidden = new DraftStore("7", () => {
    throw new Error("SecurityError");
  });
  forbidden.claim();
  equal([forbidden.read("/a/"), forbidden.write("/a/", { statement: UNSAVED }), forbidden.urls()], [{}, false, []]);
  const store = storeOf("7", storageOf({ "yuetan-draft:7:/a/": "{rubbish" }));
  equal(store.read("/a/"), {});
}

export function what_was_sent_stays_until_another_page_shows_that_it_was_taken() {
  const storage = storageOf();
  const store = storeOf("7", storage);
  store.write("/a/", { statement: UNSAVED });
  store.markSent("/a/");
  store.forgetAccepted(["/a/"]); // it came back with what is wrong
  equal(store.urls(), ["/a/"]);
  store.forgetAccepted([]); // and was not sent again
  equal(store.urls(), ["/a/"]);
  store.markSent("/a/");
  store.forgetAccepted([]);
  equal(Object.keys(storage), ["yuetan-last-owner"]);
}

export function what_met_the_log_in_page_was_not_taken() {
  const storage = storageOf();
  const store = storeOf("7", storage);
  store.write("/a/", { statement: UNSAVED });
  store.markSent("/a/");
  unmarkSent(() => storage);
  store.forgetAccepted([]);
  equal(store.read("/a/"), { statement: UNSAVED });
}
