// Keeps what is typed into a form on the server every 10 seconds and on leaving a field. Nothing is stored in the
// browser. Pages work without this file: what is pressed to be saved is saved.
const EVERY_MS = 10_000;

const status = document.querySelector("form [data-draft]");
if (status) keep(status.closest("form"), status);

function keep(form, status) {
  const address = status.dataset.draft;
  let kept = typed(form);
  let sending = null;

  function say(words, link) {
    status.textContent = words;
    if (link) {
      const anchor = document.createElement("a");
      anchor.className = "govuk-link";
      anchor.href = link;
      anchor.target = "_blank";
      anchor.rel = "noopener";
      anchor.textContent = "Sign in in another tab";
      status.append(" ", anchor);
    }
  }

  async function post(keepalive) {
    return fetch(address, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
    });
  }

  // After signing in elsewhere the page's token is stale; a signed-in person is given the new one.
  async function renewToken() {
    const response = await fetch(address, { credentials: "same-origin", redirect: "manual" });
    if (!response.ok) return response;
    const { token } = await response.json();
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
    return null;
  }

  // Answers "kept", "gone" (the record has moved on), "out" (signed out) or "away" (no connection, or a fault).
  async function send(keepalive = false) {
    const now = typed(form);
    if (now === kept) return "kept";
    try {
      let response = await post(keepalive);
      if (response.status === 403) response = (await renewToken()) ?? (await post(keepalive));
      if (response.ok) {
        const { saved } = await response.json();
        kept = now;
        say(`Saved ${saved}, as a draft`);
        return "kept";
      }
      if (response.type === "opaqueredirect") {
        say("You are signed out. Your words are still on this page.", status.dataset.signIn);
        return "out";
      }
      if ([403, 404, 409].includes(response.status)) {
        say("This is not with you any more. Copy what you typed before you leave this page.");
        return "gone";
      }
      say("Not saved yet: something is wrong on our side. Your words are still on this page; we try again.");
    } catch {
      say("Not saved yet: no connection. Your words are still on this page; we try again every 10 seconds.");
    }
    return "away";
  }

  function sendOnce(keepalive) {
    sending ??= send(keepalive).finally(() => { sending = null; });
    return sending;
  }

  window.setInterval(() => sendOnce(false), EVERY_MS);
  form.addEventListener("change", () => sendOnce(false));
  form.addEventListener("focusout", () => sendOnce(false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") sendOnce(true);
  });

  // A press that would end at the sign-in page, or nowhere, would lose what was typed since: so ask first.
  let isChecked = false;
  form.addEventListener("submit", async (event) => {
    // With nothing typed there is nothing to lose, and a press held back without a wait would come to nothing.
    if (isChecked || typed(form) === "") return;
    event.preventDefault();
    const submitter = event.submitter;
    await sending;
    kept = kept === typed(form) ? "" : kept;
    const answer = await sendOnce(false);
    if (answer === "out" || answer === "away") {
      status.scrollIntoView({ block: "center" });
      return;
    }
    isChecked = true;
    form.requestSubmit(submitter);
    // A page that is come back to is checked again.
    window.setTimeout(() => { isChecked = false; }, 0);
  });
}

function typed(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("key");
  return new URLSearchParams(data).toString();
}
