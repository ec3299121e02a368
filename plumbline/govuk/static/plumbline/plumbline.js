// Small comforts only: every page works without this file.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Shows the time-out warning when the session is about to end.
const warning = document.querySelector("[data-session-seconds]");
if (warning) {
  const left = Number(warning.dataset.sessionSeconds);
  const before = Number(warning.dataset.warningSeconds);
  window.setTimeout(() => {
    warning.hidden = false;
    warning.querySelector("a")?.focus();
  }, Math.max(0, left - before) * 1000);
}

// Prints from a button; without JavaScript the button is not there.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Shows the progress of long work without reloading by hand.
const progress = document.querySelector("[data-reload-seconds]");
if (progress) {
  window.setTimeout(() => window.location.reload(), Number(progress.dataset.reloadSeconds) * 1000);
}
