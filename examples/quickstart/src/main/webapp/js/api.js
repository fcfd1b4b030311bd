/** What the server refused: its reason, and what is wrong with which field, if anything is. */
export class Refused extends Error {
  constructor(reason, fields) {
    super(reason);
    this.fields = fields;
  }
}

/** Asks one of the resources under `api/` and returns what it answered. */
export async function ask(resource, options) {
  const response = await fetch(`api/${resource}`, { cache: "no-store", ...options });
  // errors of the server itself are pages, not JSON
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(answer.error ?? `The server answered ${response.status}.`, answer.fields ?? {});
  }
  return answer;
}

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Does it once at a time. The button stays enabled, as a disabled one loses the focus. */
export function once(button, task) {
  return async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    try {
      await task();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };
}
