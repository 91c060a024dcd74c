import { Fields } from "/static/js/autosave/fields.js";
import { FormValues } from "/static/js/autosave/values.js";
import { equal, formOf } from "./check.js";

const SHOWN = "1111111111111111";
const SAVED = "2222222222222222";
const OTHER = "3333333333333333";

function pageOf(seen = { statement: SHOWN }) {
  const form = formOf(`<input type="hidden" name="typed_seen">
    <label>认领情况<textarea name="statement">认领。</textarea></label><label>讨论<input name="discussion"></label>`);
  form.elements.typed_seen.value = JSON.stringify(seen);
  const values = new FormValues(form);
  return { form, values, fields: new Fields(form.elements.typed_seen, values) };
}

export function nothing_is_changed_on_a_page_as_it_was_sent() {
  const { fields } = pageOf();
  equal([fields.changed(), fields.cellsToSend(), fields.cellsToHold()], [[], {}, {}]);
}

export function what_was_typed_is_sent_with_what_had_been_shown() {
  const { fields, values } = pageOf();
  values.write("statement", ["认领问题。"]);
  values.write("discussion", ["可行。"]);
  equal(fields.cellsToSend(), {
    statement: { value: ["认领问题。"], shown: SHOWN },
    discussion: { value: ["可行。"], shown: "" },
  });
}

export function what_is_saved_is_held_until_a_later_page_and_not_sent_again() {
  const { fields, form, values } = pageOf();
  values.write("statement", ["认领问题。"]);
  const { statement } = fields.cellsToSend();
  fields.markSaved("statement", statement, SAVED);
  equal(fields.cellsToSend(), {});
  equal(fields.cellsToHold(), { statement: { value: ["认领问题。"], shown: SHOWN, saved: SAVED } });
  equal(JSON.parse(form.elements.typed_seen.value), { statement: SAVED });
}

export function what_is_typed_after_a_save_is_held_in_its_place() {
  const { fields, values } = pageOf();
  values.write("statement", ["认领问题。"]);
  fields.markSaved("statement", fields.cellsToSend().statement, SAVED);
  values.write("statement", ["认领问题，"]);
  equal(fields.cellsToHold(), { statement: { value: ["认领问题，"], shown: SAVED, label: "认领情况" } });
  values.write("statement", ["认领问题。"]);
  equal(fields.cellsToHold(), { statement: { value: ["认领问题。"], shown: SHOWN, saved: SAVED } });
}

export function refused_values_are_sent_again_when_they_are_others() {
  const { fields, values } = pageOf();
  values.write("statement", ["13800000000"]);
  fields.refused.set("statement", ["13800000000"]);
  equal(Object.keys(fields.cellsToSend()), []);
  equal(Object.keys(fields.cellsToHold()), ["statement"]);
  values.write("statement", ["认领问题。"]);
  equal(Object.keys(fields.cellsToSend()), ["statement"]);
}

export function a_page_that_came_back_sends_what_the_server_has_not() {
  const { fields } = pageOf();
  fields.markUnsaved("discussion");
  equal(Object.keys(fields.cellsToSend()), ["discussion"]);
}

export function a_field_in_conflict_is_held_and_not_sent() {
  const { fields, values } = pageOf();
  values.write("statement", ["认领问题。"]);
  fields.conflicts.set("statement", { digest: OTHER, values: ["不认领。"] });
  equal([Object.keys(fields.cellsToSend()), Object.keys(fields.cellsToHold())], [[], ["statement"]]);
}

export function anothers_words_stand_to_mine_in_one_of_four_ways() {
  const { fields, values } = pageOf();
  equal(fields.compare("statement", { digest: SHOWN, values: ["认领。"] }), "known");
  equal(fields.compare("discussion", { digest: OTHER, values: [] }), "known");
  equal(fields.compare("statement", { digest: OTHER, values: ["不认领。"] }), "newer");
  values.write("statement", ["认领问题。"]);
  equal(fields.compare("statement", { digest: OTHER, values: ["不认领。"] }), "conflict");
  equal(fields.compare("statement", { digest: SAVED, values: ["认领问题。"] }), "equal");
  fields.conflicts.set("statement", { digest: OTHER, values: ["不认领。"] });
  equal(fields.compare("statement", { digest: OTHER, values: ["不认领。"] }), "known");
  equal(fields.compare("statement", { digest: SAVED, values: ["部分认领。"] }), "conflict");
}

export function taking_anothers_words_leaves_nothing_to_send() {
  const { fields, values } = pageOf();
  values.write("statement", ["不认领。"]);
  fields.accept("statement", { digest: OTHER, values: ["不认领。"] });
  equal([fields.cellsToSend(), fields.seen("statement")], [{}, OTHER]);
}
