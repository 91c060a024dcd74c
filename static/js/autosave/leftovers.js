// The case has moved on: what only this computer holds is shown, until its writer says that it may go.

function element(tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = words;
  return made;
}

export function showLeftovers(box, store) {
  const urls = store.urls().filter((url) => url.startsWith(box.dataset.draftLeft));
  const list = box.querySelector("dl");
  for (const cell of urls.flatMap((url) => Object.values(store.read(url)))) {
    list.append(element("dt", "", cell.label || ""), element("dd", "draft-words", cell.value.join("、")));
  }
  box.hidden = !list.children.length;
  box.querySelector("button").addEventListener("click", () => {
    for (const url of urls) store.remove(url);
    box.hidden = true;
  });
}
