// Files on their way: what was chosen and how large it is, how far it has got, and a way to stop.
// Works on any form in which components/upload.html stands; without it such a form is sent as every other.
(function () {
  "use strict";

  const KILOBYTE = 1024;
  const MEGABYTE = 1024 * 1024;
  const TOLD_EVERY = 25; // percent: often enough to be heard, not so often that it is all that is heard
  const PAGES = [200, 403, 404, 409, 422]; // answers that are a page of their own
  const UNKNOWN = [502, 504]; // somebody between here and the server gave up waiting
  const TOO_MUCH = [400, 413];

  function megabytes(bytes) {
    return `${(bytes / MEGABYTE).toFixed(1)} MB`;
  }

  function size(bytes) {
    return bytes >= MEGABYTE ? megabytes(bytes) : `${Math.max(1, Math.round(bytes / KILOBYTE))} KB`;
  }

  function element(tag, className, words) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = words || "";
    return made;
  }

  function put(input, files) {
    const held = new DataTransfer();
    files.forEach((file) => held.items.add(file));
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function inputs(form) {
    return Array.from(form.querySelectorAll("input[type=file]"));
  }

  // ---- One form. ----

  function watch(box) {
    const form = box.closest("form");
    const limit = Number(box.dataset.megabytes) * MEGABYTE;
    const problem = box.querySelector("[data-upload-problem]");
    const dialog = box.querySelector("[data-upload-dialog]");
    const heading = dialog.querySelector("h2");
    const bar = dialog.querySelector("[data-upload-progress]");
    const words = dialog.querySelector("[data-upload-words]");
    const told = dialog.querySelector("[data-upload-told]");
    const stop = dialog.querySelector("[data-upload-stop]");
    let request = null;
    let isSent = false;
    let lastTold = 0;

    // -- What was chosen.

    function tooLarge(file) {
      return file.size > limit;
    }

    function reason(file) {
      return `文件“${file.name}”超过 ${box.dataset.megabytes} MB 的上限`;
    }

    function line(input, file) {
      const item = document.createElement("li");
      const remove = element("button", "button button-secondary button-small", "移除");
      remove.type = "button";
      remove.setAttribute("aria-label", `移除：${file.name}`);
      remove.addEventListener("click", function () {
        put(input, Array.from(input.files).filter((other) => other !== file));
        input.focus();
      });
      item.append(element("span", "upload-name", file.name), element("span", "upload-size", size(file.size)), remove);
      if (tooLarge(file)) item.append(element("p", "field-error", `${reason(file)}，不能上传。`));
      return item;
    }

    function list(input) {
      let chosen = input.nextElementSibling;
      if (!chosen || !chosen.matches(".upload-chosen")) {
        if (!input.files.length) return;
        chosen = element("ul", "upload-chosen");
        chosen.setAttribute("aria-live", "polite");
        input.after(chosen);
      }
      chosen.replaceChildren(...Array.from(input.files, (file) => line(input, file)));
    }

    form.addEventListener("change", function (event) {
      if (event.target.matches("input[type=file]")) list(event.target);
    });

    // -- How it goes.

    function tell(problemWords, isWanted) {
      problem.className = `notice-banner ${isWanted ? "notice-warn" : "notice-error"}`;
      problem.textContent = problemWords;
      problem.hidden = false;
      problem.focus();
    }

    function open() {
      isSent = false;
      lastTold = 0;
      problem.hidden = true;
      stop.hidden = false;
      bar.value = 0;
      words.textContent = told.textContent = "正在上传…";
      if (dialog.showModal) dialog.showModal();
      else dialog.setAttribute("open", "");
      window.addEventListener("beforeunload", ask);
    }

    function close() {
      window.removeEventListener("beforeunload", ask);
      if (dialog.close) dialog.close();
      else dialog.removeAttribute("open");
    }

    function ask(event) {
      event.preventDefault();
      event.returnValue = "";
    }

    // The form is as it was before it was sent: the other scripts hear what they hear when one comes back to a page.
    function backToForm(problemWords, isWanted) {
      request = null;
      close();
      window.dispatchEvent(new PageTransitionEvent("pageshow"));
      tell(problemWords, isWanted);
    }

    function progressed(event) {
      if (!event.lengthComputable || isSent) return;
      const percent = Math.floor((event.loaded / event.total) * 100);
      bar.value = percent;
      words.textContent = `正在上传 ${megabytes(event.loaded)} / ${megabytes(event.total)}（${percent}%）`;
      if (percent < lastTold + TOLD_EVERY) return;
      lastTold = percent;
      told.textContent = words.textContent;
    }

    function sent() {
      isSent = true; // from here on nobody can say any more whether it was taken
      bar.removeAttribute("value");
      words.textContent = told.textContent = "正在检查文件…";
      stop.hidden = true;
      heading.focus();
    }

    function lost() {
      backToForm(
        isSent
          ? "文件已发出，但没有收到结果，不能确定是否办理成功。请先在新窗口打开本事项核对，没有办理的再提交一次。"
          : "连接中断，没有提交成功。填写的内容和已选的文件都还在，连接恢复后请再提交一次。",
      );
    }

    function answered() {
      const there = request.getResponseHeader("X-Go-To");
      const isPage = (request.getResponseHeader("Content-Type") || "").startsWith("text/html");
      if (there) follow(there);
      else if (PAGES.includes(request.status) && isPage) show();
      else if (UNKNOWN.includes(request.status)) lost();
      else if (TOO_MUCH.includes(request.status)) backToForm("没有提交成功：文件太多或合计太大，服务器没有接受，请分几次提交。");
      else backToForm(`没有办理成功：服务器出错（${request.status}）。填写的内容和已选的文件都还在，请稍后再提交一次；还不行的，请告诉系统管理员。`);
    }

    function follow(there) {
      const url = new URL(there, location.href);
      const isHere = url.href.split("#")[0] === location.href.split("#")[0];
      window.removeEventListener("beforeunload", ask);
      words.textContent = told.textContent = "已提交，正在打开…";
      location.assign(url.href);
      if (isHere && url.hash) location.reload();
    }

    // The page that answers takes the place of this one, as a browser would do it, but what was chosen stays chosen.
    function show() {
      const chosen = inputs(form).map((input) => [input.name, Array.from(input.files)]);
      close();
      history.replaceState(history.state, "", request.responseURL);
      document.open();
      document.addEventListener("DOMContentLoaded", function () {
        chosen.forEach(function ([name, files]) {
          const input = files.length && document.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
          if (input) put(input, files);
        });
      });
      document.write(request.responseText);
      document.close();
    }

    function send(button) {
      const body = new FormData(form);
      if (button && button.name) body.append(button.name, button.value);
      const place = (button && button.getAttribute("formaction")) || form.getAttribute("action") || "";
      request = new XMLHttpRequest();
      request.upload.addEventListener("progress", progressed);
      request.upload.addEventListener("load", sent);
      request.addEventListener("load", answered);
      request.addEventListener("error", lost);
      request.addEventListener("abort", () => backToForm("已取消，没有提交。填写的内容和已选的文件都还在。", true));
      request.open("POST", new URL(place, location.href).href);
      request.setRequestHeader("X-Upload", "1");
      open();
      request.send(body);
    }

    stop.addEventListener("click", () => request && !isSent && request.abort());
    dialog.addEventListener("cancel", function (event) {
      event.preventDefault();
      stop.click();
    });
    window.addEventListener("pageshow", (event) => event.persisted && close());

    // Comes after autosave.js, which keeps what was typed, and page.js, which stops a second click.
    document.addEventListener("submit", function (event) {
      if (event.target !== form || event.defaultPrevented) return;
      const button = event.submitter;
      const files = inputs(form).flatMap((input) => Array.from(input.files));
      if (!files.length || form.target || (button && button.hasAttribute("formtarget"))) return;
      event.preventDefault();
      const refused = files.filter(tooLarge);
      if (refused.length) {
        backToForm(`没有提交：${refused.map(reason).join("；")}，请移除后再提交。`);
        return;
      }
      send(button);
    });

    inputs(form).forEach(list);
  }

  document.querySelectorAll("[data-upload]").forEach(watch);
})();
