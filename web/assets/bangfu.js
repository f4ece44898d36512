// What makes the pages a little quicker to use. Everything works without it.
"use strict";

document.documentElement.classList.add("script");

for (const element of document.querySelectorAll("[data-submits]")) {
  element.addEventListener("change", () => element.form.submit());
}

// A form is sent once: the second click finds the button asleep. The server would not do it twice either.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") {
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Common phrases go into the opinion.
for (const button of document.querySelectorAll("[data-phrase]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.into);
    field.value = field.value.trim() ? `${field.value.trim()}；${button.dataset.phrase}` : button.dataset.phrase;
    field.focus();
  });
}

// One box ticks all of its form's list.
for (const box of document.querySelectorAll("[data-all]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const each of box.form.querySelectorAll(`input[name="${box.dataset.all}"]`)) each.checked = box.checked;
  });
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// The names of the files chosen stand beside the button.
for (const input of document.querySelectorAll(".file-input")) {
  const names = input.parentElement.querySelector(".file-names"), none = names.textContent;
  const tell = () => { names.textContent = [...input.files].map((file) => file.name).join("、") || none; };
  input.addEventListener("change", tell);
  tell();
}
