// Small comforts of every page.

/** A link to a group of radios or a row of inputs leads to its first control. */
function followErrorLink(event) {
  const link = event.target.closest(".error-summary a");
  const target = link && document.getElementById(link.hash.slice(1));
  const control = target?.matches("input, select, textarea")
    ? target
    : target?.querySelector("input:not([type=hidden]), select, textarea");
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.scrollIntoView({ block: "center" });
}

function showPrintButton(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A second click on a slow step must not send it twice. */
function refuseSecondSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.hasAttribute("aria-busy")) event.preventDefault();
  form.setAttribute("aria-busy", "true");
}

function allowSubmitAgain() {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
}

export function startPage() {
  document.querySelector(".error-summary")?.focus();
  document.addEventListener("click", followErrorLink);
  document.querySelectorAll("button[data-print]").forEach(showPrintButton);
  document.addEventListener("submit", refuseSecondSubmit);
  window.addEventListener("pageshow", allowSubmitAgain);
}
