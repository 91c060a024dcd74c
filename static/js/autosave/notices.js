// What a form says about its draft: one line of status, and notices beside the fields.

function element(className, words) {
  const line = document.createElement("p");
  line.className = className;
  line.textContent = words;
  return line;
}

/** “张一于 14:00 ”, or the name alone where no time is known. */
export function whoAndWhen(change) {
  return change.at ? `${change.who}于 ${change.at} ` : change.who;
}

export class Notices {
  #status;
  #template;
  #values;

  constructor(box, values) {
    this.#status = box.querySelector("[data-draft-status]");
    this.#template = box.querySelector("[data-draft-conflict]");
    this.#values = values;
  }

  say(words) {
    delete this.#status.dataset.level;
    this.#write(words);
  }

  warn(words) {
    this.#status.dataset.level = "warn";
    this.#write(words);
  }

  #write(words) {
    if (this.#status.textContent !== words) this.#status.textContent = words; // said again, it would be read out again
  }

  showChange(name, change) {
    this.#replace(name, ".draft-note", element("draft-note", `${whoAndWhen(change)}改了这一栏`));
    this.say(`${whoAndWhen(change)}改了“${this.#values.label(name)}”`);
  }

  showRefusal(name, words) {
    this.#replace(name, ".draft-refused", element("field-error draft-refused", words));
    this.warn(`“${this.#values.label(name)}”没有自动保存，只留在本机：${words}`);
  }

  removeRefusal(name) {
    this.#remove(name, ".draft-refused");
  }

  /** Both versions, and two buttons; `decide` is told whether the other person's words are taken. */
  showConflict(name, change, decide) {
    const panel = this.#template.content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-who]").textContent = whoAndWhen(change);
    panel.querySelector("[data-words]").textContent = change.words || "（空）";
    panel.querySelector("[data-take]").addEventListener("click", () => decide(true));
    panel.querySelector("[data-keep]").addEventListener("click", () => decide(false));
    this.#replace(name, ".draft-conflict", panel);
    this.warn(`${whoAndWhen(change)}改了您正在填写的一栏，请选用谁的`);
  }

  removeConflict(name) {
    this.#remove(name, ".draft-conflict");
  }

  #replace(name, selector, notice) {
    this.#remove(name, selector);
    this.#values.container(name).append(notice);
  }

  #remove(name, selector) {
    this.#values.container(name)?.querySelector(`:scope > ${selector}`)?.remove();
  }
}
