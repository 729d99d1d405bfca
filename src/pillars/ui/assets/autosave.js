// A form that is saved as it is typed in. <form data-autosave="URL"> with, anywhere on the page,
// [data-saved] (says how it stands) and [data-findings] (the answer's HTML goes there).
const WAIT = 800;

export function autosave(form) {
  const saved = document.querySelector("[data-saved]");
  const findings = document.querySelector("[data-findings]");
  let timer = null;
  let running = false;
  let dirty = false;
  let stopped = false;

  const say = (text) => { if (saved) saved.textContent = text; };

  async function save() {
    if (running || stopped) return;
    running = true;
    dirty = false;
    say("Saving…");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      });
      const type = answer.headers.get("Content-Type") || "";
      if (answer.redirected || !type.includes("json")) {
        say("Not saved: you have been signed out. Sign in in another tab, then go on here.");
        dirty = true;
      } else {
        const told = await answer.json();
        say(told.message);
        if (told.revision !== undefined && form.elements.revision) form.elements.revision.value = told.revision;
        if (findings && told.findings !== undefined) findings.innerHTML = told.findings;
        const agree = document.querySelector("[data-agree]");
        if (agree && told.agree !== undefined) agree.innerHTML = told.agree;
        if (answer.status === 409) { stopped = true; window.onbeforeunload = null; if (told.url) window.location.assign(told.url); }
        else if (!answer.ok) dirty = true;
      }
    } catch {
      say("Not saved: the connection is lost. What you typed is still here; it is sent when you are back.");
      dirty = true;
      timer = setTimeout(save, 5000);
    }
    running = false;
    if (dirty && !timer) timer = setTimeout(save, WAIT);
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; save(); }, WAIT);
  });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); window.onbeforeunload = null; dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !stopped) event.preventDefault(); });
}
