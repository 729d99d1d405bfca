// Every page works without this file; with it, pages answer sooner.
import { initAll } from "govuk-frontend";
import htmx from "htmx.org";
import { autosave } from "./autosave.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
window.htmx = htmx;

// The token of any form on the page serves htmx as well.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);

for (const all of document.querySelectorAll("[data-select-all]")) {
  const scope = all.closest("table");
  const boxes = () => scope.querySelectorAll(`input[name="${CSS.escape(all.dataset.selectAll)}"]`);
  all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
}

// On a phone a list comes before its filters.
if (window.matchMedia("(max-width: 600px)").matches) {
  for (const folded of document.querySelectorAll("details[data-fold]")) folded.open = false;
}

// Work in the background: look again until the page says it is done.
for (const region of document.querySelectorAll("[data-refresh]")) {
  setTimeout(() => window.location.reload(), Number(region.dataset.refresh) * 1000);
}

for (const menu of document.querySelectorAll(".tp-menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}
