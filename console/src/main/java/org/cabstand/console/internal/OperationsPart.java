package org.cabstand.console.internal;

import org.cabstand.PoolState;

/**
 * The operations of a pool: a form for each, which needs no script.
 *
 * <p>Thread safety: immutable.
 */
record OperationsPart(Layout layout, View view) {

    Html html() {
        return Parts.section(
                "operations",
                "Operations",
                Html.of(
                        "<div class=\"operations\">\n{}{}{}{}</div>\n",
                        view.state().suspended()
                                ? form(
                                        Operation.RESUME,
                                        "Resume",
                                        "Who waits gets a connection again.")
                                : form(
                                        Operation.SUSPEND,
                                        "Suspend",
                                        "Nobody gets a connection: requests wait, each for its acquisition-timeout, and"
                                                + " then fail. Those that have one go on. The pool is not ready"
                                                + " meanwhile."),
                        form(
                                Operation.EVICT_IDLE,
                                "Evict idle",
                                "Closes the connections that nobody uses. New ones are opened when they are needed."),
                        form(
                                Operation.EVICT_ALL,
                                "Evict all",
                                "Replaces every connection: after a failover, or a change in the database. Those in"
                                        + " use are closed when they come back."),
                        limits()));
    }

    /** Suspend and resume share an id, so that the button keeps the focus. */
    private Html form(Operation operation, String name, String about) {
        String id = operation == Operation.RESUME ? Operation.SUSPEND.word() : operation.word();
        return Html.of(
                """
                <form method="post" action="{}" data-key="{}"><button aria-describedby="about-{}">{}</button>
                <p id="about-{}">{}</p></form>
                """,
                address(operation),
                id,
                id,
                name,
                id,
                about);
    }

    private Html limits() {
        PoolState state = view.state();
        return Html.of(
                """
                <form method="post" action="{}" data-key="limits"><button>Change limits</button>
                <div><div class="fields">{}{}{}</div>
                <p id="about-limits">Until the next deployment, or until the configuration changes them.</p></div></form>
                """,
                address(Operation.LIMITS),
                field("min-size", "numeric", state.minSize()),
                field("max-size", "numeric", state.maxSize()),
                field("acquisition-timeout", "text", Operation.text(state.acquisitionTimeout())));
    }

    private static Html field(String name, String mode, Object value) {
        return Html.of(
                """
                <label>{} <input name="{}" value="{}" inputmode="{}" autocomplete="off" required aria-describedby="about-limits"></label>
                """,
                name,
                name,
                value,
                mode);
    }

    private String address(Operation operation) {
        return layout.base() + "pools/" + view.name() + "/" + operation.word();
    }
}
