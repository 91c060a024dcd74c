import { Exchange } from "/static/js/autosave/exchange.js";
import { equal } from "./check.js";
import { draftOf, OTHER, SAVED, SHOWN, serverOf, settled, status, taken, URL, write } from "./drafts.js";

const NEWER = { cells: { statement: { digest: OTHER, values: ["不认领。"], who: "李二", at: "09:20" } }, stamp: "s2" };

function pageOf(options) {
  const draft = draftOf(options);
  return { draft, exchange: new Exchange(draft), requests: serverOf() };
}

function gone(requests) {
  return requests.map((one) => (one.cells ? Object.values(one.cells).map((cell) => cell.value[0]) : "?"));
}

export async function nothing_is_sent_where_nothing_was_typed() {
  const { exchange, requests } = pageOf();
  equal([await exchange.save(), requests.length], [true, 0]);
}

export async function what_was_typed_goes_with_what_had_been_shown_and_is_not_sent_again() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领问题。");
  const saving = exchange.save();
  equal([requests[0].method, requests[0].url], ["POST", URL]);
  equal(requests[0].cells, { statement: { value: ["认领问题。"], shown: SHOWN } });
  await requests[0].answer(200, taken({ statement: SAVED }));
  equal([await saving, exchange.isSaving, status(draft)], [true, false, "已自动保存 09:30"]);
  await exchange.save();
  equal(gone(requests), [["认领问题。"], "?"]);
}

export async function one_request_at_a_time_and_what_is_typed_meanwhile_goes_after_it() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领");
  exchange.save();
  write(draft, "认领问题。");
  exchange.save();
  equal(gone(requests), [["认领"]]);
  await requests[0].answer(200, taken({ statement: SAVED }));
  equal(
    gone(requests).filter((one) => one !== "?"),
    [["认领"], ["认领问题。"]],
  );
  equal(requests.find((one) => one.cells?.statement.value[0] === "认领问题。").cells.statement.shown, SAVED);
}

export async function an_answer_that_is_older_than_a_save_is_not_used() {
  const { draft, exchange, requests } = pageOf();
  exchange.ask();
  write(draft, "认领问题。");
  exchange.save();
  await requests[0].answer(200, NEWER); // made before the save: it would be taken for somebody's later words
  equal(draft.fields.conflicts.size, 0);
  equal(draft.values.read("statement"), ["认领问题。"]);
  await requests[1].answer(200, taken({ statement: SAVED }));
  equal(draft.fields.seen("statement"), SAVED);
}

export async function anothers_words_come_with_the_next_answer_and_only_what_changed_is_asked_for() {
  const { draft, exchange, requests } = pageOf({ attributes: "data-shared" });
  exchange.poll();
  await requests[0].answer(200, NEWER);
  equal([draft.values.read("statement"), status(draft)], [["不认领。"], "李二于 09:20 改了“认领情况”"]);
  exchange.poll();
  equal(requests[1].url, `${URL}?stamp=s2`);
  await requests[1].answer(204);
  equal(requests.length, 2);
}

export async function who_types_alone_is_asked_for_nothing_after_the_first_time() {
  const { exchange, requests } = pageOf();
  exchange.poll();
  await requests[0].answer(200, { cells: {}, stamp: "s1" });
  exchange.poll();
  equal(requests.length, 1);
}

export async function what_could_not_be_sent_is_held_and_goes_with_the_next_turn() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领问题。");
  const saving = exchange.save();
  await requests[0].fail();
  equal([await saving, status(draft)], [false, "连接中断，已暂存在本机，恢复后自动保存"]);
  equal(draft.store.read(URL).statement.value, ["认领问题。"]);
  await requests[1].answer(200, { cells: {}, stamp: "s1" }); // it asked again, and so knows that the server is there
  equal(requests[2].cells.statement.value, ["认领问题。"]);
}

export async function a_server_that_knows_nobody_takes_nothing() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领问题。");
  const saving = exchange.save();
  await requests[0].answer(403);
  equal([await saving, draft.isLoggedOut], [false, true]);
  equal(status(draft), "没有自动保存：登录的人已变化。请重新登录后再打开这一页");
}

export async function once_the_case_has_moved_on_nothing_goes_any_more() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领问题。");
  exchange.save();
  await requests[0].answer(409, { words: "王三已于9时办理：印发纪要。" });
  equal(draft.isOver, true);
  const before = requests.length;
  write(draft, "认领问题，");
  equal([await exchange.save(), await exchange.isStillLoggedIn()], [true, true]);
  exchange.poll();
  equal(requests.length, before);
}

export async function a_case_that_has_moved_on_is_named_to_who_only_looks() {
  const { draft, exchange, requests } = pageOf({ attributes: "data-shared" });
  exchange.poll();
  await requests[0].answer(409, { words: "王三已于9时办理：印发纪要。" });
  equal([draft.isOver, status(draft).startsWith("王三已于9时办理：印发纪要。")], [true, true]);
}

export async function whether_a_session_has_ended_is_asked_before_a_form_goes() {
  const { draft, exchange, requests } = pageOf();
  const asked = exchange.isStillLoggedIn();
  await requests[0].answer(403);
  equal([await asked, draft.isLoggedOut], [false, true]);
  const again = exchange.isStillLoggedIn();
  await requests[1].fail();
  equal(await again, true);
}

export async function what_is_sent_in_leaving_outlives_its_page() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认领问题。");
  exchange.save({ isLeaving: true });
  equal(requests[0].keepalive, true);
  await settled();
}

export async function no_more_than_a_browser_sends_of_a_page_that_is_gone() {
  const { draft, exchange, requests } = pageOf();
  write(draft, "认".repeat(60_000));
  exchange.save({ isLeaving: true });
  equal(requests[0].keepalive, false);
  await settled();
}
