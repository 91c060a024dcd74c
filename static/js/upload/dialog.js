// The dialog that stands over a page while files are sent.

import { megabytes } from "./file_size.js";

const PERCENT_BETWEEN_REPORTS = 25; // often enough to be heard, not so often that it is all that is heard

function askBeforeLeaving(event) {
  event.preventDefault();
  event.returnValue = "";
}

export class UploadDialog {
  isSent = false; // from then on nobody can say any more whether it was taken
  #dialog;
  #bar;
  #words;
  #spoken;
  #stop;
  #reported = 0;

  constructor(dialog, onStop) {
    this.#dialog = dialog;
    this.#bar = dialog.querySelector("[data-upload-progress]");
    this.#words = dialog.querySelector("[data-upload-words]");
    this.#spoken = dialog.querySelector("[data-upload-announcement]");
    this.#stop = dialog.querySelector("[data-upload-stop]");
    this.#stop.addEventListener("click", () => this.isSent || onStop());
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.#stop.click();
    });
  }

  open() {
    this.isSent = false;
    this.#reported = 0;
    this.#stop.hidden = false;
    this.#bar.value = 0;
    this.#say("正在上传…");
    if (this.#dialog.showModal) this.#dialog.showModal();
    else this.#dialog.setAttribute("open", "");
    window.addEventListener("beforeunload", askBeforeLeaving);
  }

  close() {
    window.removeEventListener("beforeunload", askBeforeLeaving);
    if (this.#dialog.close) this.#dialog.close();
    else this.#dialog.removeAttribute("open");
  }

  showProgress({ lengthComputable, loaded, total }) {
    if (!lengthComputable || this.isSent) return;
    const percent = Math.floor((loaded / total) * 100);
    this.#bar.value = percent;
    this.#words.textContent = `正在上传 ${megabytes(loaded)} / ${megabytes(total)}（${percent}%）`;
    if (percent < this.#reported + PERCENT_BETWEEN_REPORTS) return;
    this.#reported = percent;
    this.#spoken.textContent = this.#words.textContent;
  }

  showSent() {
    this.isSent = true;
    this.#bar.removeAttribute("value");
    this.#say("正在检查文件…");
    this.#stop.hidden = true;
    this.#dialog.querySelector("h2").focus();
  }

  /** Opens the page that the step leads to. */
  follow(address) {
    const url = new URL(address, location.href);
    const isHere = url.href.split("#")[0] === location.href.split("#")[0];
    window.removeEventListener("beforeunload", askBeforeLeaving);
    this.#say("已提交，正在打开…");
    location.assign(url.href);
    if (isHere && url.hash) location.reload();
  }

  #say(words) {
    this.#words.textContent = words;
    this.#spoken.textContent = words;
  }
}
