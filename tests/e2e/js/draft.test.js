import { equal, storageOf } from "./check.js";
import { draftOf, OTHER, SAVED, SHOWN, status, taken, URL, write } from "./drafts.js";

const MINE = { value: ["认领问题。"], shown: SHOWN, label: "认领情况" };
const ANOTHERS = { digest: OTHER, values: ["不认领。"], words: "不认领。", who: "李二", at: "09:20" };

function typed(draft, words = "认领问题。") {
  write(draft, words);
  return draft.fields.cellsToSend();
}

function answer(code, content) {
  return new Response(content ? JSON.stringify(content) : null, { status: code });
}

export function what_a_page_before_has_held_is_in_its_fields_again() {
  const draft = draftOf({ held: { statement: MINE } });
  draft.restore();
  equal([draft.values.read("statement"), status(draft)], [["认领问题。"], "已恢复本机暂存的内容"]);
  equal(draft.fields.cellsToSend(), { statement: { value: MINE.value, shown: SHOWN } });
  equal(draft.store.read(URL), { statement: MINE });
}

export function what_the_server_had_taken_is_shown_again_and_not_sent() {
  const draft = draftOf({ held: { statement: { ...MINE, saved: SAVED } } });
  draft.restore();
  equal([draft.values.read("statement"), draft.fields.seen("statement"), status(draft)], [MINE.value, SAVED, ""]);
  equal(draft.fields.cellsToSend(), {});
}

export function what_the_server_had_taken_gives_way_to_a_page_that_shows_something_later() {
  const draft = draftOf({ held: { statement: { ...MINE, shown: OTHER, saved: SAVED } } });
  draft.restore();
  equal([draft.values.read("statement"), draft.fields.seen("statement")], [["认领。"], SHOWN]);
}

export function a_field_that_is_no_more_is_let_be() {
  const draft = draftOf({ held: { renamed: MINE } });
  draft.restore();
  equal([draft.values.read("statement"), status(draft)], [["认领。"], ""]);
}

export function a_page_that_knows_all_keeps_only_what_the_server_has_not() {
  const draft = draftOf({ held: { statement: MINE, discussion: { ...MINE, saved: SAVED } } });
  draft.forgetEarlier();
  equal(Object.keys(draft.store.read(URL)), ["statement"]);
}

export function anothers_words_replace_what_nobody_changed_here_and_are_named() {
  const draft = draftOf();
  draft.receive("statement", ANOTHERS);
  equal(draft.values.read("statement"), ["不认领。"]);
  equal(draft.form.querySelector(".draft-note").textContent, "李二于 09:20 改了这一栏");
  equal(draft.fields.cellsToSend(), {});
}

export function anothers_words_that_are_the_same_as_mine_say_nothing() {
  const draft = draftOf();
  typed(draft, "不认领。");
  draft.receive("statement", ANOTHERS);
  equal([status(draft), draft.form.querySelector(".draft-note"), draft.fields.cellsToSend()], ["", null, {}]);
}

export function what_is_as_the_server_has_it_again_is_held_no_more() {
  const draft = draftOf();
  typed(draft);
  draft.hold();
  write(draft, "认领。");
  draft.hold();
  equal(draft.store.read(URL), {});
}

export function anothers_words_for_a_field_this_form_lacks_are_let_be() {
  const draft = draftOf();
  draft.receive("elsewhere", ANOTHERS);
  equal([status(draft), draft.fields.conflicts.size], ["", 0]);
}

export function nobodys_words_are_overwritten_unseen() {
  const draft = draftOf();
  typed(draft);
  draft.receive("statement", ANOTHERS);
  equal(draft.values.read("statement"), ["认领问题。"]);
  equal(draft.form.querySelector("[data-words]").textContent, "不认领。");
  equal(draft.fields.cellsToSend(), {});
}

export function who_keeps_their_own_sends_it_over_what_they_have_seen() {
  const draft = draftOf();
  let decided = 0;
  draft.onDecided = () => {
    decided += 1;
  };
  typed(draft);
  draft.receive("statement", ANOTHERS);
  draft.form.querySelector("[data-keep]").click();
  equal([decided, status(draft), draft.form.querySelector(".draft-conflict")], [1, "已保留您的内容", null]);
  equal(draft.fields.cellsToSend(), { statement: { value: ["认领问题。"], shown: OTHER } });
}

export function who_takes_anothers_words_has_nothing_to_send() {
  const draft = draftOf();
  typed(draft);
  draft.receive("statement", ANOTHERS);
  draft.form.querySelector("[data-take]").click();
  equal([draft.values.read("statement"), status(draft)], [["不认领。"], "已采用对方的内容"]);
  equal(draft.fields.cellsToSend(), {});
}

export async function of_what_was_sent_each_cell_is_kept_or_refused_or_in_dispute() {
  const draft = draftOf();
  const cells = { ...typed(draft), discussion: { value: ["13800000000"], shown: "" } };
  write(draft, "13800000000", "discussion");
  const refused = { discussion: "不得写入群众个人的信息。" };
  equal(await draft.apply(answer(200, taken({ statement: SAVED }, { refused })), cells), true);
  equal(draft.form.querySelector(".draft-refused").textContent, refused.discussion);
  equal(status(draft), `“讨论”没有自动保存，只留在本机：${refused.discussion}`);
  equal(Object.keys(draft.fields.cellsToSend()), []);
  write(draft, "可行。", "discussion");
  draft.retryRefused();
  equal([draft.form.querySelector(".draft-refused"), Object.keys(draft.fields.cellsToSend())], [null, ["discussion"]]);
  await draft.apply(answer(200, taken({}, { others: { discussion: ANOTHERS } })), cells);
  equal(draft.form.querySelector("[data-who]").textContent, "李二于 09:20 ");
}

export async function an_error_of_the_server_is_said_and_the_words_stay() {
  const draft = draftOf();
  const cells = typed(draft);
  draft.hold();
  equal(await draft.apply(answer(500), cells), true);
  equal(status(draft), "没有能自动保存，填写的内容已暂存在本机，请用下方按钮保存");
  equal(draft.store.read(URL), { statement: MINE });
}

export async function a_form_that_could_not_be_sent_says_so_at_every_later_word() {
  const draft = draftOf();
  const cells = typed(draft);
  draft.stopSubmit();
  equal(status(draft), "连接中断，暂时不能提交，已暂存在本机，恢复后自动保存");
  await draft.apply(answer(403), cells);
  equal(status(draft).startsWith("没有提交：登录已过期，或者登录的人已变化。"), true);
  await draft.apply(answer(200, taken({ statement: SAVED })), cells);
  equal([draft.isSubmitStopped, status(draft)], [false, "已自动保存 09:30"]);
}

export function a_computer_that_can_hold_nothing_says_not_to_close_the_page() {
  const full = storageOf();
  const draft = draftOf({ storage: full });
  typed(draft);
  Object.defineProperty(full, "setItem", {
    value: () => {
      throw new Error("QuotaExceededError");
    },
    configurable: true,
  });
  draft.goOffline();
  equal(status(draft), "连接中断，恢复后自动保存，请不要关闭这一页");
}

export function a_case_that_has_moved_on_takes_no_more_words() {
  const draft = draftOf();
  draft.end("王三已于9时办理：印发纪要。");
  typed(draft);
  equal([draft.hold(), draft.store.read(URL), draft.isIdle], [true, {}, true]);
  equal(status(draft), "王三已于9时办理：印发纪要。您在这一页填写的不能再保存，还有用的请先复制留存。");
}

export function a_form_that_is_on_its_way_puts_nothing_down() {
  const draft = draftOf();
  draft.isLeaving = true;
  typed(draft);
  draft.hold();
  equal(draft.store.read(URL), {});
}
