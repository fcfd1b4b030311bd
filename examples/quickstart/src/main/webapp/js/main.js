import { watchReadiness } from "./readiness.js";
import { openGuestbook } from "./guestbook.js";
import { watchStand } from "./stand.js";

watchStand();
watchReadiness();
openGuestbook();
