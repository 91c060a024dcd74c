// A page takes the place of another, as a browser would do it, but what was chosen stays chosen.

import { fileInputs, setFiles } from "./chosen_files.js";

export function replacePage(form, { url, text }, onPageReplaced) {
  const chosen = fileInputs(form).map((input) => [input.name, Array.from(input.files)]);
  history.replaceState(history.state, "", url);
  document.open();
  document.addEventListener("DOMContentLoaded", () => {
    onPageReplaced();
    for (const [name, files] of chosen) {
      const input = files.length && document.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
      if (input) setFiles(input, files);
    }
  });
  document.write(text);
  document.close();
}
