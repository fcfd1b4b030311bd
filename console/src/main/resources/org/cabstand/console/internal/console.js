/*
 * The server makes the page; this fetches it again and puts what has changed in its place. What is in the page stays what
 * it is, so the focus, an open stack and a half-written number survive.
 */

const EVERY = 2000;
const PATIENCE = 15000;

/** What the last operation said stays until the next one. */
const KEPT = ["notice", "fault"];
/** The reader's, or this script's. */
const OWN = new Set(["controls"]);

const key = (node) => node.dataset?.key || node.id || null;

/** Makes `old` like `fresh`, and touches as little as can be. */
function morph(old, fresh, keep) {
  if (old.isEqualNode(fresh) || keep.has(old.id)) {
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = fresh.data;
    return;
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(old.localName === "details" && name === "open")) {
      old.removeAttribute(name);
    }
  }
  morphChildren(old, fresh, keep);
}

function morphChildren(old, fresh, keep) {
  const keyed = new Map([...old.childNodes].filter(key).map((node) => [key(node), node]));
  let place = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const twin = key(next) ? keyed.get(key(next)) : fits(place, next) ? place : null;
    if (!twin || twin.nodeName !== next.nodeName) {
      old.insertBefore(document.importNode(next, true), place);
      continue;
    }
    if (twin === place) {
      place = place.nextSibling;
    } else {
      old.insertBefore(twin, place);
    }
    morph(twin, next, keep);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

const fits = (place, next) => place && place.nodeName === next.nodeName && !key(place);

/** Puts a fetched page in place of this one. */
function show(html, keep) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement;
  const main = fresh.querySelector("main");
  if (!main) {
    return;
  }
  document.title = fresh.title;
  morph(document.querySelector("main"), main, new Set([...OWN, ...keep]));
  const age = fresh.getElementById("age");
  if (age) {
    document.getElementById("age").textContent = age.textContent;
  }
  // a row that was moved has lost it
  if (focused !== document.activeElement && focused?.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

async function ask(address, options) {
  const response = await fetch(address, {
    cache: "no-store",
    headers: { Accept: "text/html", "X-Requested-By": "console" },
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  });
  return { status: response.status, html: await response.text() };
}

let paused = false;
let failing = false;

async function refresh() {
  if (paused || document.hidden) {
    return;
  }
  try {
    const { status, html } = await ask(location.pathname);
    if (status === 200 && !paused) {
      show(html, KEPT);
      lost("");
    } else if (status !== 200) {
      lost(status === 401 || status === 403 ? "You are no longer logged in: reload." : `The server answered ${status}.`);
    }
  } catch {
    lost("The application does not answer.");
  }
}

/** Says that the numbers are old. */
function lost(why) {
  if (failing === why) {
    return;
  }
  failing = why;
  document.getElementById("lost").textContent = why;
  document.body.classList.toggle("stale", why !== "");
}

async function operate(event) {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  event.preventDefault();
  try {
    const { html } = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    // the same words again must be heard again
    KEPT.forEach((id) => document.getElementById(id)?.replaceChildren());
    show(html, []);
  } catch {
    document.getElementById("fault").textContent = "The application does not answer; it may have done it.";
  }
}

function controls() {
  const pause = Object.assign(document.createElement("button"), { type: "button", id: "pause", textContent: "Pause" });
  pause.setAttribute("aria-pressed", "false");
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    refresh();
  });
  const why = Object.assign(document.createElement("strong"), { id: "lost" });
  why.setAttribute("role", "status");
  document.getElementById("controls").replaceChildren(why, pause);
}

async function run() {
  controls();
  document.addEventListener("submit", operate);
  document.addEventListener("visibilitychange", refresh);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    await refresh();
  }
}

run();
