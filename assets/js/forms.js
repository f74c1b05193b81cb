// Saves a form on one page as it is filled in, and shows what an answer opens.
// Without this file the Save button does the same.

const form = document.querySelector("[data-form]");
const state = document.querySelector("[data-state]");
let sending = false;
let waiting = false;

function say(words) {
  if (state) state.textContent = words;
}

function show(names, shown) {
  for (const name of names) {
    for (const id of [name, `item-${name}`]) {
      const found = document.getElementById(id);
      if (found) found.hidden = !shown;
    }
    const part = form.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (part) part.hidden = !shown;
  }
}

function mark(errors) {
  for (const old of form.querySelectorAll(".ow-form__field .govuk-error-message")) old.remove();
  for (const old of form.querySelectorAll(".govuk-form-group--error")) {
    old.classList.remove("govuk-form-group--error");
  }
  for (const [name, message] of Object.entries(errors)) {
    const field = document.getElementById(`item-${name}`);
    if (!field) continue;
    const words = document.createElement("p");
    words.className = "govuk-error-message";
    words.dataset.fault = name;
    words.textContent = message;
    field.prepend(words);
  }
}

// A field that somebody else has changed is not sent again until both answers were seen.
function leaveAlone(names) {
  for (const input of form.querySelectorAll("input[name=asked]")) {
    input.value = input.value.split(" ").filter((name) => !names.includes(name)).join(" ");
  }
}

function took(answer) {
  form.elements.version.value = answer.version;
  show(answer.shown, true);
  show(answer.hidden, false);
  mark(answer.errors);
  for (const [name, count] of Object.entries(answer.needed)) {
    const needed = form.querySelector(`[data-needed="${CSS.escape(name)}"]`);
    if (needed) needed.textContent = count ? `${count} needed` : "";
  }
  if (answer.clashes.length) {
    leaveAlone(answer.clashes);
    say("Somebody else answered too. Press Save to see both answers");
    return;
  }
  const wrong = Object.keys(answer.errors).length;
  const but = wrong ? `, but for ${wrong} ${wrong === 1 ? "answer" : "answers"}` : "";
  say(`Saved ${answer.saved}${but}`);
}

async function save() {
  if (sending) {
    waiting = true;
    return;
  }
  sending = true;
  say("Saving");
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "error",
    });
    if (!reply.ok) throw new Error(String(reply.status));
    took(await reply.json());
  } catch {
    say("Not saved. Check that you are signed in, then press Save");
  }
  sending = false;
  if (waiting) {
    waiting = false;
    save();
  }
}

if (form) {
  form.addEventListener("change", save);
}
