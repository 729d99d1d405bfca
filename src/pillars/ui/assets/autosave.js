// A form that is saved as it is typed in. <form data-autosave="URL"> with, anywhere on the page,
// [data-saved] (says how it stands) and [data-findings] (the answer's HTML goes there).
const WAIT = 800;
const AGAIN = 5000;

export function autosave(form) {
  const saved = document.querySelector("[data-saved]");
  let timer = null;
  let running = false;
  let dirty = false;
  let stopped = false;

  const say = (text) => { if (saved) saved.textContent = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const fill = (selector, html) => {
    const place = document.querySelector(selector);
    if (place && html !== undefined) place.innerHTML = html;
  };
  const post = () => fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch", Accept: "application/json" },
  });

  // Whoever signed in again in another tab has a new token; the old one in this form is refused.
  async function renewToken() {
    const page = await (await fetch(window.location.href)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html")
      .querySelector("form[data-autosave] input[name=csrfmiddlewaretoken]");
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
    return Boolean(fresh);
  }

  async function answered(answer) {
    const told = await answer.json();
    say(told.message);
    fill("[data-findings]", told.findings);
    fill("[data-agree]", told.agree);
    if (told.revision !== undefined && form.elements.revision) form.elements.revision.value = told.revision;
    if (answer.status === 409) {
      stopped = true;
      if (told.url) window.location.assign(told.url);
    } else if (!answer.ok) {
      dirty = true; // said why; it is sent again with the next change
    }
  }

  function failed(text) {
    say(`Not saved: ${text} What you typed is still here; it is sent again by itself.`);
    dirty = true;
    later(AGAIN);
  }

  async function save() {
    timer = null;
    if (running) { later(WAIT); return; }
    if (stopped) return;
    running = true;
    dirty = false;
    say("Saving…");
    try {
      let answer = await post();
      if (answer.status === 403 && await renewToken()) answer = await post();
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      if (isJson) await answered(answer);
      else if (answer.redirected || answer.status === 403) failed("you have been signed out. Sign in in another tab.");
      else failed("something went wrong on our side.");
    } catch {
      failed("the connection is lost.");
    }
    running = false;
  }

  form.addEventListener("input", () => { dirty = true; later(WAIT); });
  window.addEventListener("online", () => { if (dirty) later(0); });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => {
    if ((dirty || running) && !stopped) event.preventDefault();
  });
}
