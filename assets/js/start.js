// Everything works without this file; it saves reloads and keystrokes.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "k") {
    const command = document.getElementById("command");
    if (command) {
      event.preventDefault();
      command.focus();
    }
  }
  if (event.ctrlKey && event.key === "Enter") {
    const form = event.target.closest("form");
    const button = form && form.querySelector(".govuk-button:not(.govuk-button--secondary)");
    if (button) button.click();
  }
});

// A second press of the same button sends nothing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 2000) event.preventDefault();
  else form.dataset.sent = String(Date.now());
});
