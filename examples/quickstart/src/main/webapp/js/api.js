/** What the server refused: its reason, and the field that it is about, if any. */
export class Refused extends Error {
  constructor(status, reason, field) {
    super(reason);
    this.status = status;
    this.field = field;
  }
}

/** Asks one of the resources under `api/` and returns what it answered. */
export async function ask(resource, options) {
  const response = await fetch(`api/${resource}`, { cache: "no-store", ...options });
  // errors of the server itself are pages, not JSON
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(response.status, answer.error ?? `The server answered ${response.status}.`, answer.field);
  }
  return answer;
}

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Waits until the page is looked at: a tab in the background asks nothing. */
export async function visible() {
  while (document.hidden) {
    await new Promise((resolve) =>
      document.addEventListener("visibilitychange", resolve, { once: true }));
  }
}
