// The values of a form's fields, as the server compares them: a list of strings a name, none for an empty field.

const NOT_DRAFTED = "[type=hidden], [type=file], [type=submit], [type=button], [data-words]";
const NOT_DRAFTED_NAMES = ["task", "draft_accepted", "confirmed"];

/** Whether it is a control whose words are saved while they are typed. */
export function isDrafted(control) {
  return Boolean(
    control.name &&
      control.matches("input, select, textarea") &&
      !control.matches(NOT_DRAFTED) &&
      !NOT_DRAFTED_NAMES.includes(control.name),
  );
}

/** Line ends of one kind, nothing a database refuses, no empty values. */
export function normalise(values) {
  return values.map((value) => value.replace(/\r\n?/g, "\n").replaceAll("\0", "")).filter((value) => value !== "");
}

export function sameValues(one, other) {
  return Boolean(one && other) && one.length === other.length && one.every((value, place) => value === other[place]);
}

function isTicked(control) {
  return control.type === "checkbox" || control.type === "radio";
}

function currentValues(control) {
  if (isTicked(control)) return control.checked ? [control.value] : [];
  if (control.multiple) return Array.from(control.selectedOptions, (option) => option.value);
  return [control.value];
}

function originalValues(control) {
  if (isTicked(control)) return control.defaultChecked ? [control.value] : [];
  if (!control.matches("select")) return [control.defaultValue];
  const options = Array.from(control.options);
  const chosen = options.filter((option) => option.defaultSelected);
  const shown = chosen.length || control.multiple ? chosen : options.slice(0, 1);
  return shown.map((option) => option.value);
}

function setValues(control, values) {
  if (isTicked(control)) control.checked = values.includes(control.value);
  else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
  else if (control.value !== (values[0] || "")) control.value = values[0] || "";
}

export class FormValues {
  constructor(form) {
    this.form = form;
  }

  names() {
    const controls = Array.from(this.form.elements).filter(isDrafted);
    return [...new Set(controls.map((control) => control.name))];
  }

  controls(name) {
    return Array.from(this.form.elements).filter((control) => control.name === name && isDrafted(control));
  }

  read(name) {
    return normalise(this.controls(name).flatMap(currentValues));
  }

  /** As the page was sent: what a browser has put back since, after “back”, is typed and not saved. */
  readOriginal(name) {
    return normalise(this.controls(name).flatMap(originalValues));
  }

  write(name, values) {
    for (const control of this.controls(name)) setValues(control, values);
  }

  /** The words beside a field, or over the group it stands in. */
  label(name) {
    const [control] = this.controls(name);
    if (!control) return "";
    const group = isTicked(control) && control.closest("fieldset");
    const label = group ? group.querySelector("legend") : control.labels?.[0];
    return label?.firstChild ? label.firstChild.textContent.trim() : "";
  }

  /** Where a notice about a field belongs. */
  container(name) {
    const [control] = this.controls(name);
    return control && (control.closest(".rows-row > div") || control.closest(".field") || control.parentElement);
  }

  focus(name) {
    this.controls(name)[0]?.focus();
  }
}
