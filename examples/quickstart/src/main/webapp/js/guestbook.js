import { ask, once, pause } from "./api.js";

const RETRY = 3000;
const byId = (id) => document.getElementById(id);
const form = byId("form");
const message = byId("message");
const entries = byId("entries");
const entriesNote = byId("entries-note");
const formNote = byId("form-note");
const fields = ["author", "message"];

/** Lists the entries and takes new ones. */
export function openGuestbook() {
  message.addEventListener("input", countDown);
  form.addEventListener("submit", once(byId("sign"), sign));
  list();
}

async function list() {
  for (;;) {
    try {
      const stored = await ask("entries");
      entries.replaceChildren(...stored.map(item));
      entriesNote.textContent = stored.length ? "" : "Nobody has signed yet. Be the first.";
      return;
    } catch (problem) {
      entriesNote.textContent = `${problem.message} Trying again …`;
      await pause(RETRY);
    }
  }
}

async function sign() {
  fields.forEach((field) => mark(field, ""));
  formNote.textContent = "";
  try {
    const entry = await ask("entries", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    entries.prepend(item(entry));
    entriesNote.textContent = "";
    formNote.textContent = `Thank you, ${entry.author}.`;
    message.value = "";
    countDown();
  } catch (problem) {
    refuse(problem);
  }
}

/** Says all that is wrong, each beside its field, and leads to the first. */
function refuse({ message: reason, fields: faults = {} }) {
  const wrong = fields.filter((field) => faults[field]);
  wrong.forEach((field) => mark(field, faults[field]));
  if (wrong.length) {
    formNote.textContent = `Not stored: ${wrong.length === 1 ? "one field needs" : `${wrong.length} fields need`} a change.`;
    byId(wrong[0]).focus();
  } else {
    formNote.textContent = `Not stored. ${reason}`;
  }
}

function mark(field, problem) {
  byId(`${field}-error`).textContent = problem;
  byId(field).setAttribute("aria-invalid", problem !== "");
}

function countDown() {
  byId("left").textContent = message.maxLength - message.value.length;
}

/** One entry; what visitors wrote goes in as text only, so that it can never be markup. */
function item({ author, message: words, written }) {
  const time = Object.assign(document.createElement("time"), {
    dateTime: written,
    textContent: new Date(written).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }),
  });
  const head = document.createElement("p");
  head.className = "by";
  head.append(Object.assign(document.createElement("strong"), { textContent: author }), time);
  const text = Object.assign(document.createElement("p"), { className: "words", textContent: words });
  const entry = document.createElement("li");
  entry.append(head, text);
  return entry;
}
