import { startUnitSelects } from "/static/js/unit_select.js";
import { equal, formOf } from "./check.js";

const MANY = Array.from(
  { length: 15 },
  (_, number) => `<option value="9${number}" data-initials="qz">某区${number}镇</option>`,
);

function units(options) {
  const form = formOf(`<label for="unit">主送单位</label><select id="unit" name="unit" data-unit-select>
    <option value="">请选择</option>${options}</select>`);
  startUnitSelects();
  return {
    select: form.querySelector("select"),
    box: form.querySelector("input"),
    status: form.querySelector("[role=status]"),
  };
}

const LONG = `<optgroup label="蓬江区各镇（街）"><option value="1" data-initials="txz" data-pinyin=" tangxiazhen xiazhen zhen">棠下镇</option></optgroup>
  <optgroup label="其他">${MANY.join("")}</optgroup>`;

function type(box, words) {
  box.value = words;
  box.dispatchEvent(new Event("input"));
}

function shown(select) {
  return Array.from(select.options)
    .filter((option) => !option.hidden && option.value)
    .map((option) => option.value);
}

export function part_of_a_name_or_its_initials_finds_a_unit() {
  for (const words of ["棠下", "txz", " TX ", "tangxia", "Xiazhen"]) {
    const { select, box, status } = units(LONG);
    type(box, words);
    equal([shown(select), select.value], [["1"], "1"]);
    equal(status.textContent, "符合的 1 个，现选“棠下镇”");
    equal(
      Array.from(select.querySelectorAll("optgroup"), (group) => group.hidden),
      [false, true],
    );
  }
}

export function what_was_chosen_stays_while_it_matches() {
  const { select, box } = units(LONG);
  select.value = "93";
  type(box, "某区");
  equal([select.value, shown(select).length], ["93", 15]);
}

export function nothing_that_matches_leaves_the_choice_alone() {
  const { select, box, status } = units(LONG);
  select.value = "1";
  type(box, "没有这个");
  equal([select.value, shown(select), status.textContent], ["1", [], "没有符合的单位"]);
  type(box, "");
  equal([select.value, shown(select).length, status.textContent], ["1", 16, ""]);
}

export function a_short_list_has_no_box() {
  equal(units('<option value="1">棠下镇</option>').box, null);
}

export function the_unit_chosen_among_those_found_is_written_into_the_box() {
  const form = formOf(`<input id="unit" name="unit" value="txz"><div data-candidates="unit">
    <input type="radio" name="unit_chosen" value="1" data-words="蓬江区棠下镇（1）">
    <input type="radio" name="unit_chosen" value="2" data-words="新会区棠下镇（2）"></div>`);
  startUnitSelects();
  const [box, first] = form.querySelectorAll("input");
  let typed = 0;
  box.addEventListener("input", () => typed++);
  first.click();
  equal([box.value, first.checked, typed], ["蓬江区棠下镇（1）", true, 1]);
  type(box, "别的");
  equal(first.checked, false);
}
