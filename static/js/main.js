// Every page loads this one module; each part finds out whether its markup stands there. Every page works without.

import { startAutosave } from "./autosave/start.js";
import { startFolded } from "./folded.js";
import { startInterviewRecord } from "./interview_record.js";
import { startPage } from "./page.js";
import { startPasskeys } from "./passkey.js";
import { startPreviews } from "./previews.js";
import { startProofReading } from "./proof_reading.js";
import { startRows } from "./rows.js";
import { startSessionWarning } from "./session.js";
import { startTaskList } from "./task_list.js";
import { startUnitSelects } from "./unit_select.js";
import { startUploads } from "./upload/start.js";

// The order matters where a form is sent: save what was typed, stop a second click, send files.
function start() {
  if (document.body.hasAttribute("data-started")) return;
  document.body.setAttribute("data-started", "");
  startRows();
  startAutosave({ onPageReplaced: start });
  startPage();
  startFolded();
  startUploads({ onPageReplaced: start }); // a browser runs a module once, even if its page is replaced
  startInterviewRecord();
  startTaskList();
  startPreviews();
  startProofReading();
  startUnitSelects();
  startSessionWarning();
  startPasskeys();
}

start();
