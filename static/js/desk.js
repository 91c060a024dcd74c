// Comforts of the interview desk: rows moved and days counted without leaving the page, words copied, the clock.
// Everything here is done by the server too, or by hand.
(function () {
  "use strict";

  const TOOLS = /^(.*)-(up|down|remove)$/;

  // ---- Rows: their words change places, the fields keep their names. ----

  function controls(row) {
    return Array.from(row.querySelectorAll("input:not([type=hidden]), select, textarea"));
  }

  function told(control) {
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function setRow(row, values) {
    controls(row).forEach(function (control, place) {
      if (control.value === values[place]) return;
      control.value = values[place];
      told(control);
    });
  }

  function values(row) {
    return controls(row).map((control) => control.value);
  }

  function change(rows, place, how) {
    const all = rows.map(values);
    if (how === "remove") {
      const gone = all.splice(place, 1)[0];
      all.push(gone.map(() => ""));
    } else {
      const other = how === "up" ? place - 1 : place + 1;
      if (other < 0 || other >= all.length) return place;
      [all[place], all[other]] = [all[other], all[place]];
      place = other;
    }
    rows.forEach((row, number) => setRow(row, all[number]));
    return Math.min(place, rows.length - 1);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest(".rows-tools button");
    const tool = button && TOOLS.exec(button.name);
    if (!tool) return;
    event.preventDefault();
    const row = button.closest(".rows-row");
    const rows = Array.from(row.parentElement.children);
    const place = change(rows, rows.indexOf(row), tool[2]);
    rows[place].querySelector(`.rows-tools button[name$='-${tool[2]}']`).focus();
  });

  const form = document.querySelector("form[data-desk]");
  if (!form) return;

  // ---- Return in a line of text must not press the first button it finds. ----

  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit])")) event.preventDefault();
  });

  // ---- Words beside the desk, copied by the recorder's own act. ----

  function put(field, words) {
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
    told(field);
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  function emptyMeasure() {
    const fields = () => Array.from(form.querySelectorAll("textarea[name^='measures-'][name$='-content']"));
    const free = fields().find((field) => !field.value.trim());
    if (free) return free;
    form.querySelector("button[name='measures-add']").click();
    return fields().find((field) => !field.value.trim());
  }

  document.querySelectorAll("button[data-quote]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      const words = button.parentElement.querySelector("[data-words]").innerText.trim();
      if (button.dataset.quote !== "measures") {
        put(form.elements[button.dataset.quote], words);
        return;
      }
      words.split("\n").filter(Boolean).forEach((line) => put(emptyMeasure(), line.trim()));
    });
  });

  // ---- How each part stands. ----

  function isFilled(part) {
    return Boolean(form.elements[part] && form.elements[part].value.trim());
  }

  function count(name, is) {
    return Array.from(form.elements).filter((field) => name.test(field.name) && is(field.value.trim())).length;
  }

  const standing = {
    attendances() {
      const came = count(/^attendances-\d+-attendance$/, (value) => value === "present");
      return came ? `到会 ${came} 人` : "";
    },
    measures() {
      const written = count(/^measures-\d+-content$/, Boolean);
      return written ? `${written} 项` : "";
    },
  };

  function stand() {
    document.querySelectorAll("[data-stands]").forEach(function (light) {
      const part = light.dataset.stands;
      const told = standing[part] ? standing[part]() : isFilled(part) ? "已填写" : "";
      light.className = `light light-${told ? "green" : "grey"}`;
      light.textContent = told || (part === "attendances" ? "无人到会" : "未填写");
    });
  }

  // ---- Working days, counted by the server. ----

  let asked = 0;

  async function days() {
    const turn = (asked += 1);
    const body = new FormData(form);
    body.append("edit", "1");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: body });
      if (!answer.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      page.querySelectorAll(".rows-row .hint").forEach(function (hint) {
        const here = document.getElementById(hint.id);
        if (here) here.textContent = hint.textContent;
      });
    } catch (unreachable) {
      return; // counted when the page comes back
    }
  }

  form.addEventListener("input", stand);
  form.addEventListener("change", function (event) {
    stand();
    if (event.target.matches("input[type=date]")) days();
  });
  document.addEventListener("visibilitychange", stand);

  // ---- The clock. ----

  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const ahead = new Date(clock.dataset.clock) - new Date();
    setInterval(function () {
      const now = new Date(Date.now() + ahead);
      clock.textContent = now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
    }, 5000);
  }
})();
