// The draft of one form: its fields, what is said of them, and what this computer holds of it.

import { addRowsFor } from "../rows.js";
import { Fields } from "./fields.js";
import { Notices } from "./notices.js";
import { csrfToken, failureWords, isLoggedOut } from "./server.js";
import { unsavedCells } from "./store.js";
import { FormValues, sameValues } from "./values.js";

const LOGGED_OUT =
  "没有提交：登录已过期，或者登录的人已变化。填写的内容已暂存在本机，请在新窗口重新登录，再回到这一页提交。";

export class Draft {
  isOver = false; // the case has moved on: nothing can be saved any more
  isLeaving = false; // the form is on its way: what it says is let go here
  isLoggedOut = false; // the server knows nobody here any more, or somebody else
  isSubmitStopped = false; // its writer wanted to send it and could not: every later word about the connection says so
  #held = new Set(); // names that this page has put down on this computer

  constructor(box, store, owner) {
    this.form = box.closest("form");
    this.url = box.dataset.draftUrl;
    this.isShared = box.hasAttribute("data-shared");
    this.isWaiting = box.hasAttribute("data-waits"); // until it is known about which task it is
    this.owner = owner;
    this.store = store;
    this.values = new FormValues(this.form);
    this.fields = new Fields(this.form.elements.draft_seen, this.values);
    this.notices = new Notices(box, this.values);
    for (const name of JSON.parse(box.dataset.unsaved || "[]")) this.fields.markUnsaved(name);
  }

  /** Nothing can be saved: not yet, or not any more. */
  get isIdle() {
    return this.isOver || this.isWaiting;
  }

  /** Puts down on this computer what a later page may lack. Returns whether it is there. */
  hold() {
    if (this.isIdle || this.isLeaving) return true;
    const cells = this.store.read(this.url);
    const own = this.fields.cellsToHold();
    for (const name of this.#held) delete cells[name];
    this.#held = new Set(Object.keys(own));
    return this.store.write(this.url, { ...cells, ...own });
  }

  /** What was held for a page before this one and not sent, put into the fields again. */
  restore() {
    if (this.isWaiting) return;
    const cells = this.store.read(this.url);
    const restored = Object.keys(cells).filter((name) => this.#restoreField(name, cells[name]));
    for (const name of Object.keys(unsavedCells(cells))) this.#held.add(name);
    this.hold();
    if (restored.length) this.notices.say("已恢复本机暂存的内容");
  }

  /** This page has been told all that pages before it have saved. */
  forgetEarlier() {
    this.store.write(this.url, unsavedCells(this.store.read(this.url)));
    this.hold();
  }

  /** A field as the server has it now. */
  receive(name, change) {
    const comparison = this.fields.compare(name, change);
    if (comparison === "known" || !this.#hasControls(name)) return;
    if (comparison === "conflict") {
      this.showConflict(name, change);
      return;
    }
    this.fields.accept(name, change);
    if (comparison === "equal") return;
    this.fields.saved.delete(name);
    this.values.write(name, change.values);
    this.notices.showChange(name, change);
  }

  /** Nobody's words are overwritten unseen: the person chooses. */
  showConflict(name, change) {
    this.fields.conflicts.set(name, change);
    this.notices.showConflict(name, change, (takesOther) => this.#decide(name, change, takesOther));
  }

  /** What the server says to cells that were sent to it. Returns whether it would take the form from this person. */
  async apply(response, cells) {
    this.isLoggedOut = isLoggedOut(response);
    if (response.status === 409) {
      this.end((await response.json()).words);
    } else if (response.status === 200) {
      this.#applyResult(await response.json(), cells);
    } else if (this.isLoggedOut && this.isSubmitStopped) {
      this.stopSubmit();
    } else {
      this.notices.warn(failureWords(response));
    }
    return !this.isLoggedOut;
  }

  /** The case has moved on. */
  end(words) {
    this.isOver = true;
    this.notices.warn(`${words}您在这一页填写的不能再保存，还有用的请先复制留存。`);
  }

  /** The server cannot be reached. */
  goOffline() {
    const what = this.isSubmitStopped ? "连接中断，暂时不能提交" : "连接中断";
    this.notices.warn(
      this.hold() ? `${what}，已暂存在本机，恢复后自动保存` : `${what}，恢复后自动保存，请不要关闭这一页`,
    );
  }

  /** The form cannot be sent now. */
  stopSubmit() {
    this.isSubmitStopped = true;
    if (!this.isLoggedOut) this.goOffline();
    else this.notices.warn(this.hold() ? LOGGED_OUT : `${LOGGED_OUT}本机存不下，请不要关闭这一页。`);
  }

  /** Values that were refused and have been changed since may be sent again. */
  retryRefused() {
    for (const [name, values] of this.fields.refused) {
      if (!sameValues(values, this.values.read(name))) this.#allow(name);
    }
  }

  onDecided = () => {};

  #decide(name, change, takesOther) {
    this.fields.accept(name, change);
    this.fields.conflicts.delete(name); // before the panel goes: that moves the focus, and a moved focus saves
    this.notices.removeConflict(name);
    if (takesOther) this.values.write(name, change.values);
    this.values.focus(name);
    this.notices.say(takesOther ? "已采用对方的内容" : "已保留您的内容");
    this.hold();
    this.onDecided();
  }

  #applyResult(result, cells) {
    this.isSubmitStopped = false;
    for (const [name, digest] of Object.entries(result.kept)) {
      this.fields.markSaved(name, cells[name], digest);
      this.#allow(name);
    }
    const token = this.form.elements.csrfmiddlewaretoken;
    if (token) token.value = csrfToken(this.form);
    if (!this.fields.conflicts.size) this.notices.say(`已自动保存 ${result.at}`);
    for (const [name, change] of Object.entries(result.others)) this.showConflict(name, change);
    for (const [name, words] of Object.entries(result.refused)) {
      this.fields.refused.set(name, cells[name].value);
      this.notices.showRefusal(name, words);
    }
    this.hold();
  }

  #allow(name) {
    this.fields.refused.delete(name);
    this.notices.removeRefusal(name);
  }

  #hasControls(name) {
    if (!this.values.controls(name).length) addRowsFor(this.form, name);
    return this.values.controls(name).length > 0;
  }

  /** Whether the field now holds words that the server does not have. */
  #restoreField(name, cell) {
    if (!this.#hasControls(name) || sameValues(this.values.read(name), cell.value)) return false;
    const isAsBefore = (cell.shown || "") === this.fields.seen(name);
    if (cell.saved && !isAsBefore) return false; // somebody may have changed it since: the server will say
    this.values.write(name, cell.value);
    if (cell.saved) this.fields.setBase(name, cell.value);
    this.fields.markSeen(name, cell.saved || cell.shown || "");
    return !cell.saved;
  }
}
