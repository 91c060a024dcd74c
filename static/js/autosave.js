// Keeps what is being typed: on the server while it can be reached, on this computer while it cannot.
// Works on any form in which components/typed.html stands.
(function () {
  "use strict";

  const STORE = "yuetan-typed:";
  const AFTER_TYPING = 1500;
  const BETWEEN_LOOKS = 15000;
  const LONGEST_WAIT = 4000;
  const MOST_WHEN_LEAVING = 60000; // a browser sends no more than 64 KB once a page is gone
  const LAST = "yuetan-last"; // who has opened a page on this computer last
  const me = document.body.dataset.user || "";
  let left = false; // logging out: nothing is put down here any more

  // ---- This computer: words of this person alone, by the address where the form is kept. ----
  // A field is held here until a page that was made after the server had saved it has opened: one that was made just
  // before shows neither. `saved` is the digest under which the server has it.

  const local = {
    key(url) {
      return STORE + me + ":" + url;
    },
    read(url) {
      try {
        return JSON.parse(localStorage.getItem(local.key(url))) || {};
      } catch (unreadable) {
        return {};
      }
    },
    unsaved(url) {
      return Object.fromEntries(Object.entries(local.read(url)).filter(([, cell]) => !cell.saved));
    },
    write(url, cells) {
      try {
        if (left) return false;
        if (localStorage.getItem(LAST) !== me) return false; // a page left open by somebody else
        if (Object.keys(cells).length) localStorage.setItem(local.key(url), JSON.stringify(cells));
        else localStorage.removeItem(local.key(url));
        return true;
      } catch (full) {
        return false;
      }
    },
    belongs() {
      try {
        localStorage.setItem(LAST, me);
      } catch (forbidden) {
        return;
      }
    },
    addresses() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(STORE));
      } catch (forbidden) {
        return [];
      }
    },
  };

  // Computers are shared: nobody finds what somebody else has typed.
  if (me) {
    local.addresses().forEach((key) => key.startsWith(local.key("")) || localStorage.removeItem(key));
    local.belongs();
    forgetSavedElsewhere();
  }

  // A page asked for from now on has what the server has saved; the forms that stand on this one see to their own.
  function forgetSavedElsewhere() {
    const here = Array.from(document.querySelectorAll("[data-typed]"), (box) => box.dataset.typed);
    local.addresses().forEach(function (key) {
      const url = key.slice(local.key("").length);
      if (!here.includes(url)) local.write(url, local.unsaved(url));
    });
  }

  function token(form) {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = form && form.elements.csrfmiddlewaretoken;
    return cookie ? cookie[1] : field ? field.value : "";
  }

  function send(url, cells, form, leaving) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token(form));
    body.append("owner", me);
    body.append("cells", JSON.stringify(cells));
    return fetch(url, { method: "POST", body: body, redirect: "manual", keepalive: Boolean(leaving) });
  }

  function soon(promise) {
    return Promise.race([promise, new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
  }

  // ---- Rows: one more is a copy of the last, emptied. ----

  function addRow(form, field) {
    const count = form.elements[field + "-count"];
    const add = form.querySelector(`button[name="${CSS.escape(field)}-add"]`);
    const number = count ? Number(count.value) : 0;
    const last = number && form.querySelector(`[name^="${CSS.escape(field)}-${number - 1}-"]`);
    const row = last && last.closest(".rows-row");
    if (!add || !row) return null;
    const copy = row.cloneNode(true);
    const before = `${field}-${number - 1}-`;
    copy.querySelectorAll("*").forEach(function (node) {
      ["name", "id", "for", "aria-describedby"].forEach(function (name) {
        const value = node.getAttribute(name);
        if (value) node.setAttribute(name, value.replace(before, `${field}-${number}-`));
      });
      ["aria-invalid", "checked"].forEach((name) => node.removeAttribute(name));
      if (node.matches(".typed-conflict, .typed-note, .field-error")) node.remove();
      if (node.matches("input:not([type=checkbox]):not([type=radio])")) node.setAttribute("value", "");
      if (node.matches("textarea")) node.textContent = "";
      if (node.matches("option[selected]")) node.removeAttribute("selected");
    });
    row.after(copy);
    count.value = String(number + 1);
    return copy;
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[name$='-add']");
    const row = button && button.form && addRow(button.form, button.name.slice(0, -"-add".length));
    if (!row) return;
    event.preventDefault();
    const first = row.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
  });

  // ---- One form. ----

  function keep(box) {
    const form = box.closest("form");
    const url = box.dataset.typed;
    const status = box.querySelector("[data-typed-status]");
    const template = box.querySelector("[data-typed-conflict]");
    const field = form.elements.typed_seen;
    const shared = box.hasAttribute("data-shared");
    const waits = box.hasAttribute("data-waits");
    const seen = JSON.parse(field.value || "{}"); // name → digest of what the page has shown
    const base = {}; // name → values as they are kept
    const conflicts = new Map(); // name → what somebody else has typed, not decided yet
    const refused = new Map(); // name → values the server may not keep: they stay here until they are changed
    let saving = null;
    let turn = 0; // tells an answer that something was sent after it was asked for
    let stamp = "";
    let timer = 0;
    let composing = false;
    let leaving = false;
    let over = false; // the case has moved on: nothing can be kept any more
    let isFresh = false; // whether the server has been asked since this page opened, for it may have been made before
    const saved = new Map(); // name → the cell as the server has taken it from this page
    const held = new Set(); // names that this page has put down on this computer

    function say(words, warn) {
      if (warn) status.dataset.level = "warn";
      else delete status.dataset.level;
      if (status.textContent !== words) status.textContent = words;
    }

    function isTyped(control) {
      return (
        control.name &&
        control.matches("input, select, textarea") &&
        !control.matches("[type=hidden], [type=file], [type=submit], [type=button]") &&
        control.name !== "task" &&
        control.name !== "typed_taken"
      );
    }

    function controls(name) {
      return Array.from(form.elements).filter((control) => control.name === name && isTyped(control));
    }

    function names() {
      return Array.from(new Set(Array.from(form.elements).filter(isTyped).map((control) => control.name)));
    }

    function ticks(control) {
      return control.type === "checkbox" || control.type === "radio";
    }

    function filled(values) {
      return values.map((value) => value.replace(/\r\n?/g, "\n").replace(/\0/g, "")).filter((value) => value !== "");
    }

    function read(name) {
      return filled(
        controls(name).flatMap(function (control) {
          if (ticks(control)) return control.checked ? [control.value] : [];
          if (control.multiple) return Array.from(control.selectedOptions, (option) => option.value);
          return [control.value];
        }),
      );
    }

    // As the page was sent: what a browser has put back since, after “back”, is typed and not kept.
    function asSent(name) {
      return filled(
        controls(name).flatMap(function (control) {
          if (ticks(control)) return control.defaultChecked ? [control.value] : [];
          if (!control.matches("select")) return [control.defaultValue];
          const chosen = Array.from(control.options).filter((option) => option.defaultSelected);
          return (chosen.length || control.multiple ? chosen : Array.from(control.options).slice(0, 1)).map(
            (option) => option.value,
          );
        }),
      );
    }

    function write(name, values) {
      controls(name).forEach(function (control) {
        if (ticks(control)) control.checked = values.includes(control.value);
        else if (control.multiple) Array.from(control.options, (o) => (o.selected = values.includes(o.value)));
        else if (control.value !== (values[0] || "")) control.value = values[0] || "";
      });
    }

    function same(one, other) {
      return Boolean(one && other) && one.length === other.length && one.every((value, i) => value === other[i]);
    }

    function dirty() {
      return names().filter((name) => !conflicts.has(name) && !same(read(name), name in base ? base[name] : []));
    }

    function sendable() {
      return dirty().filter((name) => !same(refused.get(name), read(name)));
    }

    function unsent() {
      const cells = {};
      dirty()
        .concat(Array.from(conflicts.keys()))
        .forEach((name) => (cells[name] = { value: read(name), shown: seen[name] || "", label: label(name) }));
      return cells;
    }

    function remember() {
      if (over || waits || leaving) return true;
      const cells = local.read(url);
      const mine = { ...Object.fromEntries(saved), ...unsent() };
      held.forEach((name) => delete cells[name]);
      Object.keys(mine).forEach((name) => held.add(name));
      return local.write(url, { ...cells, ...mine });
    }

    function nowSeen(name, digest) {
      seen[name] = digest;
      field.value = JSON.stringify(seen);
    }

    // As many rows as the name counts and no more: what was kept may have had a field that the form has no longer.
    function addRowsFor(name) {
      const [field, number] = name.split("-");
      const count = form.elements[field + "-count"];
      while (count && !controls(name).length && Number(count.value) <= Number(number)) {
        if (!addRow(form, field)) return;
      }
    }

    // -- Somebody else's words.

    function place(name) {
      const control = controls(name)[0];
      return control && (control.closest(".rows-row > div") || control.closest(".field") || control.parentElement);
    }

    function clear(name, what) {
      const at = place(name);
      const old = at && at.querySelector(`:scope > ${what}`);
      if (old) old.remove();
    }

    function whoAndWhen(told) {
      return told.at ? `${told.who}于 ${told.at} ` : told.who;
    }

    function note(name, told) {
      clear(name, ".typed-note");
      const line = document.createElement("p");
      line.className = "typed-note";
      line.textContent = `${whoAndWhen(told)}改了这一栏`;
      place(name).append(line);
    }

    function refuse(name, values, words) {
      allow(name);
      refused.set(name, values);
      const line = document.createElement("p");
      line.className = "field-error typed-refused";
      line.textContent = words;
      place(name).append(line);
      say(`“${label(name)}”没有自动保存，只留在本机：${words}`, true);
    }

    function allow(name) {
      refused.delete(name);
      clear(name, ".typed-refused");
    }

    function conflict(name, told) {
      conflicts.set(name, told);
      clear(name, ".typed-conflict");
      const panel = template.content.firstElementChild.cloneNode(true);
      panel.querySelector("[data-who]").textContent = whoAndWhen(told);
      panel.querySelector("[data-words]").textContent = told.words || "（空）";
      panel.querySelector("[data-take]").addEventListener("click", () => decide(name, told, true));
      panel.querySelector("[data-keep]").addEventListener("click", () => decide(name, told, false));
      place(name).append(panel);
      say(`${whoAndWhen(told)}改了您正在填写的一栏，请选用谁的`, true);
    }

    function decide(name, told, take) {
      nowSeen(name, told.digest);
      base[name] = told.values;
      conflicts.delete(name); // before the panel goes: that moves the focus, and a moved focus saves
      clear(name, ".typed-conflict");
      if (take) write(name, told.values);
      const control = controls(name)[0];
      if (control) control.focus();
      say(take ? "已采用对方的内容" : "已保留您的内容");
      remember();
      save();
    }

    function hear(name, told) {
      if (told.digest === seen[name] || (!(name in seen) && !told.values.length)) return;
      addRowsFor(name);
      if (!controls(name).length) return;
      if (conflicts.has(name)) {
        if (conflicts.get(name).digest !== told.digest) conflict(name, told);
      } else if (same(read(name), told.values)) {
        base[name] = told.values;
        nowSeen(name, told.digest);
      } else if (same(read(name), name in base ? base[name] : [])) {
        saved.delete(name);
        write(name, told.values);
        base[name] = told.values;
        nowSeen(name, told.digest);
        note(name, told);
        say(`${whoAndWhen(told)}改了“${label(name)}”`);
      } else {
        conflict(name, told);
      }
    }

    function label(name) {
      const control = controls(name)[0];
      const group = control && ticks(control) && control.closest("fieldset");
      const words = group ? group.querySelector("legend") : control && control.labels && control.labels[0];
      return words && words.firstChild ? words.firstChild.textContent.trim() : "";
    }

    // -- Sending and asking.

    function moved(words) {
      over = true;
      say(`${words}您在这一页填写的不能再保存，还有用的请先复制留存。`, true);
    }

    function refusedWith(answer) {
      if (answer.type === "opaqueredirect") return "登录已过期，填写的内容已暂存在本机；请在新窗口重新登录，再回到这一页";
      if (answer.status === 403) return "没有自动保存：登录的人已变化。请重新登录后再打开这一页";
      return "没有能自动保存，填写的内容已暂存在本机，请用下方按钮保存";
    }

    function offline() {
      const kept = remember();
      say(kept ? "连接中断，已暂存在本机，恢复后自动保存" : "连接中断，恢复后自动保存，请不要关闭这一页", true);
    }

    async function took(answer, cells) {
      if (answer.status === 409) return moved((await answer.json()).words);
      if (answer.status !== 200) return say(refusedWith(answer), true);
      const told = await answer.json();
      Object.entries(told.kept).forEach(function ([name, digest]) {
        base[name] = cells[name].value;
        nowSeen(name, digest);
        saved.set(name, { ...cells[name], saved: digest });
        allow(name);
      });
      if (form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token(form);
      if (!conflicts.size) say(`已自动保存 ${told.at}`);
      Object.entries(told.others).forEach(([name, other]) => conflict(name, other));
      Object.entries(told.refused).forEach(([name, words]) => refuse(name, cells[name].value, words));
      remember();
      return undefined;
    }

    // Resolves to whether the server could be reached.
    function save(isLeaving) {
      clearTimeout(timer);
      if (over || waits) return Promise.resolve(true);
      if (saving) return saving.then(() => save(isLeaving));
      const cells = {};
      sendable().forEach((name) => (cells[name] = { value: read(name), shown: seen[name] || "" }));
      if (!Object.keys(cells).length) return Promise.resolve(true);
      remember();
      turn += 1;
      const short = JSON.stringify(cells).length < MOST_WHEN_LEAVING;
      saving = send(url, cells, form, isLeaving && short)
        .then((answer) => took(answer, cells).then(() => true))
        .catch(function () {
          offline();
          return false;
        })
        .finally(function () {
          saving = null;
          turn += 1;
          if (!isFresh) look();
        });
      return saving;
    }

    async function look() {
      if (over || waits || saving || (isFresh && document.hidden)) return;
      const asked = turn;
      const query = (url.includes("?") ? "&" : "?") + "stamp=" + stamp;
      try {
        const answer = await fetch(url + query, { redirect: "manual" });
        if (answer.status === 409) {
          moved((await answer.json()).words);
        } else if (answer.status === 200) {
          const told = await answer.json();
          if (asked !== turn) return;
          stamp = told.stamp;
          Object.entries(told.cells).forEach(([name, cell]) => hear(name, cell));
          if (!isFresh) forgetSaved();
          isFresh = true;
          remember();
        }
        if (answer.status === 200 || answer.status === 204) save();
      } catch (unreachable) {
        offline();
      }
    }

    // -- What begins it all.

    function typed() {
      remember();
      refused.forEach((values, name) => same(values, read(name)) || allow(name));
      clearTimeout(timer);
      timer = setTimeout(() => (composing ? typed() : save()), AFTER_TYPING);
    }

    // What a page before this one had saved: this one has it now.
    function forgetSaved() {
      local.write(url, local.unsaved(url));
    }

    function reinstate(name, cell) {
      addRowsFor(name);
      if (!controls(name).length || same(read(name), cell.value)) return false;
      const isAsBefore = (cell.shown || "") === (seen[name] || "");
      if (cell.saved && !isAsBefore) return false; // somebody may have changed it since: the server says
      write(name, cell.value);
      if (cell.saved) base[name] = cell.value;
      nowSeen(name, cell.saved || cell.shown || "");
      return !cell.saved;
    }

    function restore() {
      if (waits) return;
      const cells = local.read(url);
      const found = Object.keys(cells).filter((name) => reinstate(name, cells[name]));
      Object.keys(cells).forEach((name) => cells[name].saved || held.add(name));
      remember();
      if (found.length) say("已恢复本机暂存的内容");
    }

    function choose(task) {
      const there = `${location.pathname}?task=${encodeURIComponent(task)}`;
      if (waits) local.write(`${url}?task=${encodeURIComponent(task)}`, unsent());
      soon(save()).then(() => location.assign(there));
    }

    form.addEventListener("input", (event) => isTyped(event.target) && typed());
    form.addEventListener("change", function (event) {
      if (event.target.name === "task" && event.target.type === "radio") choose(event.target.value);
      else if (isTyped(event.target)) typed();
    });
    form.addEventListener("compositionstart", () => (composing = true));
    form.addEventListener("compositionend", () => (composing = false));
    form.addEventListener("focusout", () => save());
    window.addEventListener("online", () => save());
    window.addEventListener("pagehide", () => leaving || save(true));
    document.addEventListener("visibilitychange", function () {
      if (document.hidden && !leaving) save(true);
      else if (!document.hidden && shared) look();
    });
    window.addEventListener("pageshow", function (event) {
      leaving = false;
      if (event.persisted) look();
    });

    // What was typed last is kept before the form goes; without a connection it stays.
    let passes = false;
    document.addEventListener(
      "submit",
      function (event) {
        if (event.target !== form) return;
        if (passes || over || waits || (!saving && !sendable().length)) {
          passes = false;
          leaving = true;
          local.write(url, {});
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        const button = event.submitter;
        soon(save()).then(function (reached) {
          if (reached === false) return say("连接中断，暂时不能提交；填写的内容已暂存在本机", true);
          passes = true;
          return form.requestSubmit(button);
        });
      },
      true,
    );

    names().forEach((name) => (base[name] = asSent(name)));
    JSON.parse(box.dataset.unsaved || "[]").forEach((name) => (base[name] = null));
    box.querySelectorAll("[data-typed-other]").forEach(function (shown) {
      const told = { ...shown.dataset, values: JSON.parse(shown.dataset.values) };
      if (!controls(told.typedOther).length) return;
      shown.querySelector("label").remove();
      conflict(told.typedOther, told);
    });
    restore();
    save();
    look();
    const beat = setInterval(function () {
      if (!form.isConnected) clearInterval(beat); // another page was written in the place of this one
      else if (shared || !isFresh) look();
      else save();
    }, BETWEEN_LOOKS);
  }

  document.querySelectorAll("[data-typed]").forEach(keep);

  // The case has moved on: what only this computer holds is shown, until its writer says that it may go.
  document.querySelectorAll("[data-typed-left]").forEach(function (box) {
    const held = local.addresses().filter((key) => key.startsWith(local.key(box.dataset.typedLeft)));
    const list = box.querySelector("dl");
    held.forEach(function (key) {
      Object.values(local.unsaved(key.slice(local.key("").length))).forEach(function (cell) {
        const term = document.createElement("dt");
        const words = document.createElement("dd");
        term.textContent = cell.label || "";
        words.textContent = cell.value.join("、");
        words.className = "typed-words";
        list.append(term, words);
      });
    });
    box.hidden = !list.children.length;
    box.querySelector("button").addEventListener("click", function () {
      held.forEach((key) => localStorage.removeItem(key));
      box.hidden = true;
    });
  });

  // What is dropped on purpose is dropped here too.
  document.addEventListener("submit", function (event) {
    const url = event.target.dataset.typedDiscard;
    if (url) local.write(url, {});
  });

  // Before this person leaves a shared computer, what it still holds goes to the server, and then from here.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    const held = local.addresses().filter((key) => key.startsWith(local.key("")));
    if (left || !form.hasAttribute("data-logout") || !held.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sent = held.map(function (key) {
      const url = key.slice(local.key("").length);
      const cells = local.unsaved(url);
      if (!Object.keys(cells).length) return 0;
      return send(url, cells, form).then(function (answer) {
        if (answer.status !== 200) throw new Error(String(answer.status));
        return answer.json().then((told) => Object.keys({ ...told.others, ...told.refused }).length);
      });
    });
    soon(Promise.all(sent).catch(() => [1])).then(function (others) {
      const all = others && others.every((number) => number === 0);
      if (!all && !window.confirm("有填写的内容没有保存到服务器，退出后不再保留在本机。仍要退出吗？")) return;
      left = true; // before what is here goes: a request cut off by leaving would put it down again
      held.forEach((key) => localStorage.removeItem(key));
      form.requestSubmit();
    });
  }, true);
})();
