import { FormValues, normalise, sameValues } from "/static/js/autosave/values.js";
import { equal, formOf } from "./check.js";

const FORM = `
  <input type="hidden" name="typed_seen" value="{}"><input type="file" name="scan">
  <input type="checkbox" name="draft_accepted" value="statement">
  <div class="field"><label for="statement">认领情况</label><textarea id="statement" name="statement">认领。</textarea></div>
  <fieldset><legend>到会</legend>
    <label><input type="checkbox" name="present" value="1" checked>张一</label>
    <label><input type="checkbox" name="present" value="2">李二</label></fieldset>
  <select name="way"><option value="">—</option><option value="phone">电话</option></select>
  <select name="units" multiple><option selected>甲</option><option>乙</option></select>
  <button name="go">提交</button>`;

export function only_what_people_type_is_drafted() {
  equal(new FormValues(formOf(FORM)).names(), ["statement", "present", "way", "units"]);
}

export function values_are_read_and_written_by_name() {
  const values = new FormValues(formOf(FORM));
  equal(
    ["statement", "present", "way", "units"].map((name) => values.read(name)),
    [["认领。"], ["1"], [], ["甲"]],
  );
  values.write("statement", ["认领问题。"]);
  values.write("present", ["2"]);
  values.write("way", ["phone"]);
  values.write("units", ["甲", "乙"]);
  equal(
    ["statement", "present", "way", "units"].map((name) => values.read(name)),
    [["认领问题。"], ["2"], ["phone"], ["甲", "乙"]],
  );
  equal(
    ["statement", "present", "way", "units"].map((name) => values.readOriginal(name)),
    [["认领。"], ["1"], [], ["甲"]],
  );
}

export function a_field_is_emptied_by_no_values() {
  const values = new FormValues(formOf(FORM));
  for (const name of values.names()) values.write(name, []);
  equal(
    values.names().flatMap((name) => values.read(name)),
    [],
  );
}

export function labels_are_the_words_beside_a_field_or_over_its_group() {
  const values = new FormValues(formOf(FORM));
  equal([values.label("statement"), values.label("present"), values.label("nothing")], ["认领情况", "到会", ""]);
}

export function values_are_compared_as_the_server_stores_them() {
  equal(normalise(["一\r\n二\r三", "", "\0", "四\0"]), ["一\n二\n三", "四"]);
  equal(
    [
      sameValues([], []),
      sameValues(["一"], ["一"]),
      sameValues(["一"], ["二"]),
      sameValues(["一"], []),
      sameValues(null, []),
    ],
    [true, true, false, false, false],
  );
}
