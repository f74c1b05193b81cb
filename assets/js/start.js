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

// A sign-in that ran out is said at once, while what was typed is still on the page.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401 || document.getElementById("signed-out")) return;
  const notice = document.createElement("div");
  notice.id = "signed-out";
  notice.className = "ow-notice ow-notice--error";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent =
    "You have been signed out, and nothing more is saved. Press the button of this form: after you " +
    "sign in again, all you typed is there.";
  notice.append(words);
  document.querySelector("main").prepend(notice);
});
