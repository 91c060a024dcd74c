// What is known of each field of one form: what the page has shown, what the server has, what is in dispute.

import { sameValues } from "./values.js";

export class Fields {
  conflicts = new Map(); // name → another person's change on which this one has not decided
  refused = new Map(); // name → values the server does not accept: they stay here until they are changed
  saved = new Map(); // name → the cell as the server has taken it from this page
  #base = new Map(); // name → values the server has, as far as this page knows
  #seen; // name → digest of what the page has shown
  #seenInput;
  #values;

  /** `seenInput` carries the digests with the form; `values` are its FormValues. */
  constructor(seenInput, values) {
    this.#seenInput = seenInput;
    this.#seen = JSON.parse(seenInput.value || "{}");
    this.#values = values;
    for (const name of values.names()) this.#base.set(name, values.readOriginal(name));
  }

  seen(name) {
    return this.#seen[name] || "";
  }

  markSeen(name, digest) {
    this.#seen[name] = digest;
    this.#seenInput.value = JSON.stringify(this.#seen);
  }

  setBase(name, values) {
    this.#base.set(name, values);
  }

  /** The page came back with words that the server does not have. */
  markUnsaved(name) {
    this.#base.set(name, null);
  }

  isChanged(name) {
    return !sameValues(this.#values.read(name), this.#base.has(name) ? this.#base.get(name) : []);
  }

  /** Names of the fields the server has otherwise and nobody else has changed. */
  changed() {
    return this.#values.names().filter((name) => !this.conflicts.has(name) && this.isChanged(name));
  }

  /** The same as cells to send, but for values that were refused before. */
  cellsToSend() {
    const names = this.changed().filter((name) => !sameValues(this.refused.get(name), this.#values.read(name)));
    return Object.fromEntries(names.map((name) => [name, { value: this.#values.read(name), shown: this.seen(name) }]));
  }

  /** Everything of this page that a later page may lack, as cells for the store. */
  cellsToHold() {
    const names = [...this.changed(), ...this.conflicts.keys()];
    const unsaved = names.map((name) => [
      name,
      { value: this.#values.read(name), shown: this.seen(name), label: this.#values.label(name) },
    ]);
    return { ...Object.fromEntries(this.saved), ...Object.fromEntries(unsaved) };
  }

  /** The server has taken what was sent. */
  markSaved(name, cell, digest) {
    this.#base.set(name, cell.value);
    this.markSeen(name, digest);
    this.saved.set(name, { ...cell, saved: digest });
  }

  /** The page shows what the server has. */
  accept(name, change) {
    this.#base.set(name, change.values);
    this.markSeen(name, change.digest);
  }

  /** How a field of the server stands to this page's: "known", "equal", "newer" or "conflict". */
  compare(name, change) {
    if (change.digest === this.#seen[name]) return "known";
    if (!(name in this.#seen) && !change.values.length) return "known";
    if (this.conflicts.has(name)) return this.conflicts.get(name).digest === change.digest ? "known" : "conflict";
    if (sameValues(this.#values.read(name), change.values)) return "equal";
    return this.isChanged(name) ? "conflict" : "newer";
  }
}
