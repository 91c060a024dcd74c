// Before a log-in ends for want of use, the page says so, and a click lets it last anew.

import { csrfToken } from "./autosave/server.js";

const ADDRESS = "/session/";
const WARNED_SECONDS = 300;
const ENDED = "登录已过期。这一页填写的内容请先不要提交：在新窗口重新登录后，再回到这一页。";

function warningWords(seconds) {
  return `您已有一段时间没有操作，登录将在 ${Math.max(1, Math.round(seconds / 60))} 分钟内过期。`;
}

class SessionWarning {
  #box;
  #timer = 0;

  constructor(box) {
    this.#box = box;
    box.querySelector("[data-session-renew]").addEventListener("click", () => this.#renew());
    document.addEventListener("visibilitychange", () => document.hidden || this.#ask());
  }

  /** Waits until it is time to warn; another window may have been used meanwhile, so the server is asked then. */
  wait(seconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), Math.max(1, seconds) * 1000);
  }

  async #ask() {
    try {
      await this.#show(await fetch(ADDRESS, { redirect: "manual" }));
    } catch {
      this.wait(60); // without a connection nothing is known
    }
  }

  async #renew() {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", csrfToken());
    try {
      await this.#show(await fetch(ADDRESS, { method: "POST", body, redirect: "manual" }));
    } catch {
      this.wait(60);
    }
  }

  async #show(response) {
    if (response.status !== 200) {
      this.#say(ENDED, { isOver: true });
      return;
    }
    const { seconds } = await response.json();
    if (seconds > WARNED_SECONDS) this.#box.hidden = true;
    else this.#say(warningWords(seconds));
    this.wait(seconds > WARNED_SECONDS ? seconds - WARNED_SECONDS : seconds);
  }

  #say(words, { isOver = false } = {}) {
    this.#box.querySelector("[data-session-words]").textContent = words;
    this.#box.querySelector("[data-session-renew]").hidden = isOver;
    this.#box.hidden = false;
  }
}

export function startSessionWarning() {
  const box = document.querySelector("[data-session-warning]");
  const seconds = Number(document.body.dataset.sessionSeconds);
  if (box && seconds) new SessionWarning(box).wait(seconds - WARNED_SECONDS);
}
