// Files on their way: what was chosen and how large it is, how far it has got, and a way to stop.
// Works on any form in which components/upload.html stands; without it such a form is sent as every other.

import { fileInputs, listFiles } from "./chosen_files.js";
import { UploadDialog } from "./dialog.js";
import { MEGABYTE } from "./file_size.js";
import { replacePage } from "./replace_page.js";

const PAGES = [200, 403, 404, 409, 422]; // answers that are a page of their own
const UNKNOWN = [502, 504]; // somebody between here and the server gave up waiting
const TOO_MUCH = [400, 413];
const BUSY = {
  429: "您有别的文件正在上传，请等它们传完",
  503: "系统暂时不能使用，请过一两分钟",
  507: "服务器的磁盘快满了，请告知系统管理员后",
};

const CANCELLED = "已取消，没有提交。填写的内容和已选的文件都还在。";
const LOST_AFTER_SENDING =
  "文件已发出，但没有收到结果，不能确定是否办理成功。请先在新窗口打开本事项核对，没有办理的再提交一次。";
const LOST_WHILE_SENDING = "连接中断，没有提交成功。填写的内容和已选的文件都还在，连接恢复后请再提交一次。";
const REFUSED_AS_TOO_MUCH = "没有提交成功：文件太多或合计太大，服务器没有接受，请分几次提交。";

function serverErrorWords(status) {
  if (BUSY[status]) return `没有提交成功：${BUSY[status]}再提交一次。填写的内容和已选的文件都还在。`;
  return `没有办理成功：服务器出错（${status}）。填写的内容和已选的文件都还在，请稍后再提交一次；还不行的，请告诉系统管理员。`;
}

function tooManyWords(count, most) {
  return `没有提交：现选了 ${count} 个文件，一次最多 ${most} 个，请移除一些，其余的下次再提交。填写的内容和已选的文件都还在。`;
}

class Upload {
  #form;
  #box;
  #problem;
  #dialog;
  #request = null;
  #onPageReplaced;

  constructor(box, onPageReplaced) {
    this.#box = box;
    this.#form = box.closest("form");
    this.#problem = box.querySelector("[data-upload-problem]");
    this.#dialog = new UploadDialog(box.querySelector("[data-upload-dialog]"), () => this.#request?.abort());
    this.#onPageReplaced = onPageReplaced;
    this.#listen();
  }

  #listen() {
    const refusal = (file) => this.#refusal(file);
    this.#form.addEventListener("change", (event) => {
      if (event.target.matches("input[type=file]")) listFiles(event.target, refusal);
    });
    document.addEventListener("submit", (event) => this.#submit(event));
    window.addEventListener("pageshow", (event) => event.persisted && this.#dialog.close());
    for (const input of fileInputs(this.#form)) listFiles(input, refusal);
  }

  #refusal(file) {
    const limit = this.#box.dataset.megabytes;
    return file.size > Number(limit) * MEGABYTE ? `文件“${file.name}”超过 ${limit} MB 的上限` : "";
  }

  #submit(event) {
    if (event.target !== this.#form || event.defaultPrevented) return;
    const button = event.submitter;
    const files = fileInputs(this.#form).flatMap((input) => Array.from(input.files));
    if (!files.length || this.#form.target || button?.hasAttribute("formtarget")) return;
    event.preventDefault();
    const most = Number(this.#box.dataset.most);
    const refusals = files.map((file) => this.#refusal(file)).filter(Boolean);
    if (files.length > most) this.#backToForm(tooManyWords(files.length, most));
    else if (refusals.length) this.#backToForm(`没有提交：${refusals.join("；")}，请移除后再提交。`);
    else this.#send(button);
  }

  #send(button) {
    const body = new FormData(this.#form);
    if (button?.name) body.append(button.name, button.value);
    const place = button?.getAttribute("formaction") || this.#form.getAttribute("action") || "";
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => this.#dialog.showProgress(event));
    request.upload.addEventListener("load", () => this.#dialog.showSent());
    request.addEventListener("load", () => this.#answered());
    request.addEventListener("error", () => this.#lost());
    request.addEventListener("abort", () => this.#backToForm(CANCELLED, { isWanted: true }));
    request.open("POST", new URL(place, location.href).href);
    request.setRequestHeader("X-Upload", "1");
    this.#request = request;
    this.#problem.hidden = true;
    this.#dialog.open();
    request.send(body);
  }

  #answered() {
    const { status } = this.#request;
    const address = this.#request.getResponseHeader("X-Go-To");
    const isPage = (this.#request.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if (address) this.#dialog.follow(address);
    else if (PAGES.includes(status) && isPage) this.#showAnswer();
    else if (UNKNOWN.includes(status)) this.#lost();
    else this.#backToForm(TOO_MUCH.includes(status) ? REFUSED_AS_TOO_MUCH : serverErrorWords(status));
  }

  #showAnswer() {
    this.#dialog.close();
    const { responseURL: url, responseText: text } = this.#request;
    replacePage(this.#form, { url, text }, this.#onPageReplaced);
  }

  #lost() {
    this.#backToForm(this.#dialog.isSent ? LOST_AFTER_SENDING : LOST_WHILE_SENDING);
  }

  /** The form is as it was before: the other parts hear what they hear when one comes back to a page. */
  #backToForm(words, { isWanted = false } = {}) {
    this.#request = null;
    this.#dialog.close();
    window.dispatchEvent(new PageTransitionEvent("pageshow"));
    this.#problem.className = `notice-banner ${isWanted ? "notice-warn" : "notice-error"}`;
    this.#problem.textContent = words;
    this.#problem.hidden = false;
    this.#problem.focus();
  }
}

export function startUploads({ onPageReplaced }) {
  for (const box of document.querySelectorAll("[data-upload]")) new Upload(box, onPageReplaced);
}
