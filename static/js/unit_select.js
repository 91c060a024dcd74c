// A long list of units gets a box beside it: part of a name, its pinyin or the initials of that leave the units that match.

const LONG = 15;

class UnitSelect {
  constructor(select) {
    this.select = select;
    this.options = Array.from(select.options);
    this.box = document.createElement("input");
    this.box.type = "search";
    this.box.className = "unit-search";
    this.box.placeholder = "名称或拼音首字母";
    this.box.setAttribute("aria-label", `在“${this.label}”里查找`);
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    select.before(this.box, this.status);
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("keydown", (event) => this.press(event));
  }

  get label() {
    return this.select.labels[0]?.firstChild.textContent.trim() ?? "单位";
  }

  matches(option) {
    const words = this.box.value.trim().toLowerCase();
    const { initials = "", pinyin = "" } = option.dataset;
    return option.text.includes(words) || initials.includes(words) || pinyin.includes(` ${words}`);
  }

  look() {
    const matching = this.options.filter((option) => option.value && this.matches(option));
    const shown = new Set(this.box.value.trim() ? matching : this.options);
    for (const option of this.options) option.hidden = Boolean(option.value) && !shown.has(option);
    for (const group of this.select.querySelectorAll("optgroup")) {
      group.hidden = !group.querySelector("option:not([hidden])");
    }
    if (!this.box.value.trim()) return this.say("");
    if (matching.length && !matching.some((option) => option.selected)) this.choose(matching[0]);
    this.say(matching.length ? `符合的 ${matching.length} 个，现选“${this.chosen}”` : "没有符合的单位");
  }

  get chosen() {
    return this.select.selectedOptions[0]?.text ?? "";
  }

  choose(option) {
    this.select.value = option.value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say(words) {
    this.status.textContent = words;
  }

  /** Enter keeps what was chosen instead of sending the form; down goes on into the list. */
  press(event) {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" || event.key === "ArrowDown") this.select.focus();
  }
}

/** What is chosen among the rows found is written into the box above, so that a draft keeps it. */
function writeChosen(candidates) {
  const box = document.getElementById(candidates.dataset.candidates);
  candidates.addEventListener("change", ({ target }) => {
    box.value = target.dataset.words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.addEventListener("input", () => {
    for (const choice of candidates.querySelectorAll("input")) choice.checked = choice.dataset.words === box.value;
  });
}

export function startUnitSelects() {
  for (const candidates of document.querySelectorAll("[data-candidates]")) writeChosen(candidates);
  for (const select of document.querySelectorAll("select[data-unit-select]")) {
    if (select.options.length > LONG) new UnitSelect(select);
  }
}
