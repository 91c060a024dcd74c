// A draft and the server: one request at a time, and no answer is used that is older than what was sent since.

import { getCells, isLoggedOut, postCells } from "./server.js";

export class Exchange {
  #draft;
  #saving = null; // the request under way
  #number = 0; // of requests to save, begun or ended
  #stamp = "";
  #isAsked = false; // whether the server has told this page how things stand: it may have been made before a save

  constructor(draft) {
    this.#draft = draft;
  }

  get isSaving() {
    return this.#saving !== null;
  }

  /** Saves what is not saved. Resolves to whether the server could be reached, by the person who types here. */
  save({ isLeaving = false } = {}) {
    if (this.#draft.isIdle) return Promise.resolve(true);
    if (this.#saving) return this.#saving.then(() => this.save({ isLeaving }));
    const cells = this.#draft.fields.cellsToSend();
    if (!Object.keys(cells).length) return Promise.resolve(true);
    this.#draft.hold();
    this.#number += 1;
    this.#saving = this.#send(cells, isLeaving);
    return this.#saving;
  }

  /** Asks how things stand; a page that has not been told yet asks even if nobody sees it. */
  async ask() {
    if (this.#draft.isIdle || this.#saving || (this.#isAsked && document.hidden)) return;
    const number = this.#number;
    try {
      const response = await getCells(this.#draft.url, this.#stamp);
      this.#draft.isLoggedOut = isLoggedOut(response);
      if (response.status === 409) this.#draft.end((await response.json()).words);
      if (response.status === 200) this.#receive(await response.json(), number);
      if (response.status === 200 || response.status === 204) this.save();
    } catch {
      this.#draft.goOffline();
    }
  }

  /** Whether the form itself would be taken: a session may have ended since the last word was saved. */
  async isStillLoggedIn() {
    if (this.#draft.isIdle) return true;
    try {
      this.#draft.isLoggedOut = isLoggedOut(await getCells(this.#draft.url, this.#stamp));
      return !this.#draft.isLoggedOut;
    } catch {
      return true; // whatever sends the form says that there is no connection
    }
  }

  /** As every few seconds: others' words where several people type, else what could not be saved before. */
  poll() {
    if (this.#draft.isShared || !this.#isAsked) this.ask();
    else this.save();
  }

  async #send(cells, isLeaving) {
    const { url, owner, form } = this.#draft;
    try {
      return await this.#draft.apply(await postCells(url, cells, { owner, form, isLeaving }), cells);
    } catch {
      this.#draft.goOffline();
      return false;
    } finally {
      this.#saving = null;
      this.#number += 1;
      if (!this.#isAsked) this.ask();
    }
  }

  #receive(answer, number) {
    if (number !== this.#number) return;
    this.#stamp = answer.stamp;
    for (const [name, change] of Object.entries(answer.cells)) this.#draft.receive(name, change);
    if (!this.#isAsked) this.#draft.forgetEarlier();
    this.#isAsked = true;
  }
}
