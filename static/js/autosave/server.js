// The address under which a form is saved: what is sent there and asked for.

const MAX_WAIT_MS = 4000;
const MAX_KEEPALIVE_LENGTH = 60_000; // a browser sends no more than 64 KB once its page is gone

/** The token as the browser has it now, for logging in anew changes it. */
export function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form?.elements.csrfmiddlewaretoken?.value || "";
}

/** Sends cells to be saved; with `isLeaving` the request outlives its page if it is short enough. */
export function postCells(url, cells, { owner, form, isLeaving = false }) {
  const content = JSON.stringify(cells);
  const body = new FormData();
  body.append("csrfmiddlewaretoken", csrfToken(form));
  body.append("owner", owner);
  body.append("cells", content);
  const keepalive = isLeaving && content.length < MAX_KEEPALIVE_LENGTH;
  return fetch(url, { method: "POST", body, redirect: "manual", keepalive });
}

/** Asks for every field as it is now; 204 if `stamp` stands for just that. */
export function getCells(url, stamp) {
  return fetch(`${url}${url.includes("?") ? "&" : "?"}stamp=${stamp}`, { redirect: "manual" });
}

/** The result, or undefined if it takes longer than a person waits. */
export function withinWait(promise, milliseconds = MAX_WAIT_MS) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}

/** Whether the server asks to log in, or somebody else has: it takes nothing from this page. */
export function isLoggedOut(response) {
  return response.type === "opaqueredirect" || response.status === 403;
}

/** What to tell of an answer that is neither a success nor a case that has moved on. */
export function failureWords(response) {
  if (response.type === "opaqueredirect") return "登录已过期，填写的内容已暂存在本机；请在新窗口重新登录，再回到这一页";
  if (response.status === 403) return "没有自动保存：登录的人已变化。请重新登录后再打开这一页";
  return "没有能自动保存，填写的内容已暂存在本机，请用下方按钮保存";
}
