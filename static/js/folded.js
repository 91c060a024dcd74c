// What is folded away on a page: opened where an address leads into it, and for paper.

const FOLDED = ".site-main details:not(.refused-step)";

function openAround(element) {
  for (let each = element?.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}

function followAddress() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("details:not([open])")) return;
  openAround(target);
  target.scrollIntoView();
}

function openForPaper() {
  for (const each of document.querySelectorAll(`${FOLDED}:not([open])`)) {
    each.open = true;
    each.dataset.openedForPaper = "";
  }
}

function foldAgain() {
  for (const each of document.querySelectorAll("details[data-opened-for-paper]")) {
    each.open = false;
    delete each.dataset.openedForPaper;
  }
}

export function startFolded() {
  followAddress();
  window.addEventListener("hashchange", followAddress);
  window.addEventListener("beforeprint", openForPaper);
  window.addEventListener("afterprint", foldAgain);
}
