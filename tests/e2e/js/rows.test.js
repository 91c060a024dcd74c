import { addRow, addRowsFor, startRows } from "/static/js/rows.js";
import { equal, formOf } from "./check.js";

function row(number, words) {
  return `<li class="rows-row"><div><label for="m-${number}">措施</label>
    <textarea id="m-${number}" name="measures-${number}-content">${words}</textarea><p class="field-error">未填写</p></div>
    <div><select name="measures-${number}-way"><option value="">—</option><option value="a" selected>甲</option></select></div>
    <div class="rows-tools"><button name="measures-up">上移</button><button name="measures-down">下移</button><button name="measures-remove">删除</button></div></li>`;
}

function formWith(...words) {
  return formOf(`<input type="hidden" name="measures-count" value="${words.length}">
    <ol>${words.map((each, number) => row(number, each)).join("")}</ol><button name="measures-add">增加</button>`);
}

function contents(form) {
  return Array.from(form.querySelectorAll("textarea"), (field) => field.value);
}

export function one_more_row_is_the_last_one_emptied_and_renumbered() {
  const form = formWith("立即摸排", "建立台账");
  const added = addRow(form, "measures");
  equal(form.elements["measures-count"].value, "3");
  equal([form.elements["measures-2-content"].value, form.elements["measures-2-way"].value], ["", ""]);
  equal(added.querySelectorAll(".field-error").length, 0);
  equal(contents(form), ["立即摸排", "建立台账", ""]);
}

export function a_form_whose_rows_are_fixed_gets_none() {
  const form = formWith("立即摸排");
  form.querySelector("[name='measures-add']").remove();
  equal(addRow(form, "measures"), null);
  equal(addRow(form, "nothing"), null);
}

export function rows_are_added_up_to_the_one_that_is_named_and_no_further() {
  const form = formWith("立即摸排");
  addRowsFor(form, "measures-3-content");
  equal(form.elements["measures-count"].value, "4");
  addRowsFor(form, "measures-0-deadline"); // a field the form has no longer
  addRowsFor(form, "statement");
  equal(form.elements["measures-count"].value, "4");
}

export function the_words_of_rows_change_places_and_the_fields_keep_their_names() {
  const form = formWith("一", "二", "三");
  form.toggleAttribute("data-interview-record", true);
  startRows();
  const press = (number, tool) => form.querySelectorAll(`[name='measures-${tool}']`)[number].click();
  press(0, "down");
  equal(contents(form), ["二", "一", "三"]);
  press(0, "up");
  equal(contents(form), ["二", "一", "三"]);
  press(2, "up");
  equal(contents(form), ["二", "三", "一"]);
  press(0, "remove");
  equal(contents(form), ["三", "一", ""]);
}
