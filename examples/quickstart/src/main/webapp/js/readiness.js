import { pause, visible } from "./api.js";

const EVERY = 2000;
const chip = document.getElementById("readiness");
const text = document.getElementById("readiness-text");

/** Shows what the server's readiness answer says, for as long as the page is open. */
export async function watchReadiness() {
  for (;;) {
    await visible();
    show(await readiness());
    await pause(EVERY);
  }
}

async function readiness() {
  try {
    // 503 is an answer too: it says DOWN, and why
    const response = await fetch("/health/ready", { cache: "no-store" });
    return await response.json();
  } catch {
    return { status: "unknown", checks: [] };
  }
}

function show({ status, checks = [] }) {
  const reason = checks.find((check) => check.status === "DOWN")?.data?.reason;
  chip.dataset.status = status;
  chip.title = reason ?? "";
  text.textContent = status === "unknown" ? "Server does not answer" : `Readiness ${status}`;
}
