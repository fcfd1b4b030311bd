package org.cabstand.console.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The common layout of all pages.
 *
 * <p>Thread safety: immutable.
 *
 * @param base the console's address, with a slash at its end
 * @param application its name
 */
record Layout(String base, String application) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /**
     * Renders a whole page.
     *
     * @param title the window's title, before the application's name; begins with the state, because tabs are narrow
     * @param live whether the script refreshes it
     * @param main its content
     */
    Html page(String title, boolean live, Html main) {
        return Html.of(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>{}</title>
                <link rel="icon" href="{}icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="{}console.css">
                {}</head>
                <body>
                <a class="skip" href="#main">Skip to the pools</a>
                <header class="top">
                <p class="brand"><a href="{}"><img src="{}icon.svg" alt="" width="28" height="28">Cabstand</a>{}</p>
                {}</header>
                <main id="main" tabindex="-1">
                {}</main>
                </body>
                </html>
                """,
                title + (application.isEmpty() ? "" : " · " + application) + " · Cabstand",
                base,
                base,
                live
                        ? Html.of("<script type=\"module\" src=\"{}console.js\"></script>\n", base)
                        : Html.NONE,
                base,
                base,
                Html.when(
                        !application.isEmpty(),
                        Html.of(" <span class=\"app\">{}</span>", application)),
                live
                        ? Html.of(
                                """
                                <p class="age"><span id="age">As of {}</span> <span id="controls"><a href="">Reload</a></span></p>
                                """,
                                CLOCK.format(Instant.now()))
                        : Html.NONE,
                main);
    }

    /** Renders the page for a missing permission or an unknown address. */
    Html refusal(String heading, String reason) {
        return page(
                heading,
                false,
                Html.of("<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", heading, reason));
    }

    Html pool(String name) {
        return Html.of("<a href=\"{}pools/{}\">{}</a>", base, name, name);
    }
}
