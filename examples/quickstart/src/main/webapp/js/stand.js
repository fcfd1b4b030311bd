import { ask, pause, visible } from "./api.js";

const CALM = 1000;
const BUSY = 100;
// more people than this would not fit on the pavement of a phone
const PEOPLE = 60;

const byId = (id) => document.getElementById(id);
const scene = byId("scene");
const bays = byId("bays");
const queue = byId("queue");
const button = byId("burst");
const summary = byId("summary");
const products = { h2: "H2, embedded", postgresql: "PostgreSQL" };

let bursts = 0;
let wake = () => {};

/** Draws the pool's state for as long as the page is open. */
export async function watchStand() {
  button.addEventListener("click", sendBurst);
  for (;;) {
    await visible();
    try {
      draw(await ask("pool"));
    } catch {
      scene.classList.add("stale");
    }
    await Promise.race([pause(bursts ? BUSY : CALM), new Promise((resolve) => (wake = resolve))]);
  }
}

async function sendBurst() {
  bursts += 1;
  wake();
  button.disabled = true;
  summary.textContent = "60 requests are on their way …";
  try {
    summary.textContent = told(await ask("burst", { method: "POST" }));
  } catch (problem) {
    summary.textContent = `The burst failed: ${problem.message}`;
  }
  button.disabled = false;
  // the cabs are still driving home
  await pause(500);
  bursts -= 1;
}

function told({ requests, answered, slowestMillis, totalMillis }) {
  const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;
  const result = `${answered} of ${requests} requests answered in ${seconds(totalMillis)}`;
  return answered === requests
    ? `${result} over ${bays.children.length} connections; the slowest took ${seconds(slowestMillis)}, most of it in the queue.`
    : `${result}; ${requests - answered} got an error.`;
}

function draw({ name, database, active, idle, waiting, max }) {
  scene.classList.remove("stale");
  scene.classList.toggle("moving", active > 0);
  scene.setAttribute("aria-label",
    `Pool ${name}: ${active} of ${max} connections in use, ${idle} idle, ${waiting} requests waiting`);
  byId("database").textContent = products[database] ?? database;
  for (const [id, count] of Object.entries({ active, idle, waiting, max })) {
    byId(id).textContent = count;
  }
  resize(max);
  park(active, idle);
  line(waiting);
}

function resize(max) {
  while (bays.children.length > max) {
    bays.lastElementChild.remove();
  }
  while (bays.children.length < max) {
    const bay = document.createElement("li");
    bay.className = "bay";
    bay.dataset.state = "empty";
    bay.append(byId("cab-template").content.cloneNode(true));
    bays.append(bay);
  }
  bays.style.setProperty("--bays", max);
}

/**
 * Moves as few cabs as the new counts need. The pool tells how many are where, not which:
 * a cab that keeps its place is what the eye expects.
 */
function park(active, idle) {
  const inState = (state) => [...bays.children].filter((bay) => bay.dataset.state === state);
  const move = (from, to, count) =>
    inState(from).slice(0, Math.max(0, count)).forEach((bay) => (bay.dataset.state = to));
  const missing = (state, wanted) => wanted - inState(state).length;

  move("away", "idle", -missing("away", active));
  move("idle", "away", missing("away", active));
  move("empty", "away", missing("away", active));
  move("idle", "empty", -missing("idle", idle));
  move("empty", "idle", missing("idle", idle));
}

function line(waiting) {
  const shown = Math.min(waiting, PEOPLE);
  while (queue.children.length > shown) {
    queue.firstElementChild.remove();
  }
  while (queue.children.length < shown) {
    queue.append(byId("person-template").content.cloneNode(true));
  }
}
