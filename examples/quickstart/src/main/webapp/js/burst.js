import { ask, once } from "./api.js";

const summary = document.getElementById("summary");

/** Lets the visitor send a burst, one at a time. */
export function offerBursts() {
  const button = document.getElementById("burst");
  button.addEventListener("click", once(button, send));
}

async function send() {
  summary.textContent = "60 requests are on their way …";
  try {
    summary.textContent = told(await ask("burst", { method: "POST" }));
  } catch (problem) {
    summary.textContent = `The burst failed: ${problem.message}`;
  }
}

function told({ requests, answered, slowestMillis, totalMillis }) {
  const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;
  const result = `${answered} of ${requests} requests answered in ${seconds(totalMillis)}`;
  return answered === requests
    ? `${result}; the slowest took ${seconds(slowestMillis)}, most of it in the queue.`
    : `${result}; ${requests - answered} got an error.`;
}
