// What was chosen in a form's file fields: a list with the size of each file, and a way to take one out again.

import { fileSize } from "./file_size.js";

function element(tag, className, words = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = words;
  return made;
}

export function fileInputs(form) {
  return Array.from(form.querySelectorAll("input[type=file]"));
}

export function setFiles(input, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function removeButton(input, file) {
  const button = element("button", "button button-secondary button-small", "移除");
  button.type = "button";
  button.setAttribute("aria-label", `移除：${file.name}`);
  button.addEventListener("click", () => {
    const others = Array.from(input.files).filter((other) => other !== file);
    setFiles(input, others);
    input.focus();
  });
  return button;
}

/** Lists the files of one field; `refusal` gives the sentence against a file, or nothing. */
export function listFiles(input, refusal) {
  let list = input.nextElementSibling;
  if (!list?.matches(".upload-chosen")) {
    if (!input.files.length) return;
    list = element("ul", "upload-chosen");
    list.setAttribute("aria-live", "polite");
    input.after(list);
  }
  const items = Array.from(input.files, (file) => {
    const item = document.createElement("li");
    const size = element("span", "upload-size", fileSize(file.size));
    item.append(element("span", "upload-name", file.name), size, removeButton(input, file));
    if (refusal(file)) item.append(element("p", "field-error", `${refusal(file)}，不能上传。`));
    return item;
  });
  list.replaceChildren(...items);
}
