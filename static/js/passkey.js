// A form whose answer the browser's own keys give (WebAuthn): the server is asked what to ask, and is sent what came of it.

import { csrfToken } from "./autosave/server.js";

const GIVEN_UP = "没有完成：可能取消了，或者这台设备上没有本系统的通行密钥。";
const UNREACHABLE = "现在连不上服务器，请稍后再试。";

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The question with bytes where JSON has letters; by hand, for older browsers know no function for it. */
function asAsked({ publicKey }) {
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) asked.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (publicKey[list]) asked[list] = publicKey[list].map((key) => ({ ...key, id: toBytes(key.id) }));
  }
  return { publicKey: asked };
}

/** The answer with letters where the browser has bytes. */
function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function question(form) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", csrfToken(form));
  const response = await fetch(form.dataset.passkey, { method: "POST", body, redirect: "manual" });
  if (!response.ok) throw new Error(String(response.status));
  return asAsked(await response.json());
}

async function answer(form) {
  const asked = await question(form);
  const makes = form.dataset.passkeyMakes !== undefined;
  try {
    return asJson(await (makes ? navigator.credentials.create(asked) : navigator.credentials.get(asked)));
  } catch {
    return "";
  }
}

async function ask(event) {
  const form = event.currentTarget;
  event.preventDefault();
  const words = form.querySelector("[data-passkey-words]");
  words.textContent = "";
  try {
    const field = form.querySelector("[data-passkey-answer]");
    field.value = await answer(form);
    if (field.value) form.submit();
    else words.textContent = GIVEN_UP;
  } catch {
    words.textContent = UNREACHABLE;
  }
}

export function startPasskeys() {
  if (!window.isSecureContext || !window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", ask);
  }
  for (const words of document.querySelectorAll("[data-without-passkey]")) words.hidden = true;
}
