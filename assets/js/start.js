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

// What cannot be saved is said at once, while what was typed is still on the page.
function sayNotSaved(why) {
  if (document.getElementById("signed-out")) return;
  const kept = document.getElementById("kept");
  if (kept) kept.textContent = "Not saved";
  const notice = document.createElement("div");
  notice.id = "signed-out";
  notice.className = "ow-notice ow-notice--error";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = why;
  notice.append(words);
  document.querySelector("main").prepend(notice);
}

document.addEventListener("htmx:responseError", (event) => {
  const isSignedOut = event.detail.xhr.status === 401 || event.detail.xhr.status === 403;
  sayNotSaved(
    isSignedOut
      ? "You have been signed out, and nothing more is saved. Press the button of this form: after " +
          "you sign in again, all you typed is there."
      : "What you typed was not saved. Press the button of this form to send it.",
  );
});

document.addEventListener("htmx:sendError", () => {
  sayNotSaved(
    "We cannot be reached, and nothing more is saved. Leave this page open, and try again soon.",
  );
});

// Once it saves again, nothing more is said.
document.addEventListener("htmx:afterOnLoad", (event) => {
  const notice = document.getElementById("signed-out");
  if (notice && event.detail.xhr.status < 400) notice.remove();
});

// The passkey library says here what the browser or the key refused.
document.addEventListener("allauth.error", () => {
  const problem = document.getElementById("passkey-problem");
  if (problem) problem.hidden = false;
});

// Who leaves a page that saves itself takes the last words along.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && form.querySelector("#kept[hx-post]")) unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
window.addEventListener("pagehide", () => {
  for (const form of unsaved) {
    navigator.sendBeacon(form.querySelector("#kept").getAttribute("hx-post"), new FormData(form));
  }
});

// What was typed before the page had its scripts is looked for as soon as it has them.
window.addEventListener("load", () => {
  for (const box of document.querySelectorAll("input[hx-trigger$='typed']")) {
    if (box.value && box.value !== box.defaultValue) box.dispatchEvent(new Event("typed"));
  }
});
