import { openGuestbook } from "./guestbook.js";
import { offerBursts } from "./burst.js";

offerBursts();
openGuestbook();
