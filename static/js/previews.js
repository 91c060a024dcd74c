// Pages of a file that could not be drawn at once, because others are being drawn: asked for again a few times.

const AGAIN_AFTER = 2500;
const MAX_TRIES = 12;

function askAgain(picture) {
  const tries = Number(picture.dataset.tries || 0) + 1;
  if (tries > MAX_TRIES) return;
  picture.dataset.tries = String(tries);
  setTimeout(() => picture.setAttribute("src", picture.getAttribute("src")), AGAIN_AFTER);
}

export function startPreviews() {
  for (const picture of document.querySelectorAll(".page-picture img")) {
    picture.addEventListener("error", () => askAgain(picture));
    if (picture.complete && !picture.naturalWidth) askAgain(picture);
  }
}
