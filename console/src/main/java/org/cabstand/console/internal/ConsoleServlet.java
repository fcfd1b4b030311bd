package org.cabstand.console.internal;

import static jakarta.servlet.http.HttpServletResponse.SC_BAD_REQUEST;
import static jakarta.servlet.http.HttpServletResponse.SC_CONFLICT;
import static jakarta.servlet.http.HttpServletResponse.SC_FORBIDDEN;
import static jakarta.servlet.http.HttpServletResponse.SC_METHOD_NOT_ALLOWED;
import static jakarta.servlet.http.HttpServletResponse.SC_MULTIPLE_CHOICES;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_FOUND;
import static jakarta.servlet.http.HttpServletResponse.SC_OK;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cabstand.PoolOperations;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Answers all requests below the console's path. GET changes nothing.
 *
 * <p>Thread safety: safe for concurrent use. The fields are written by {@link #init}, before the first request.
 */
public final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final String POOLS = "/pools/";

    /** The static files of pages, with their types; anybody may load them. */
    private static final Map<String, String> FILES =
            Map.of(
                    "/console.css", "text/css",
                    "/console.js", "text/javascript",
                    "/icon.svg", "image/svg+xml");

    @Inject @Any private transient Instance<PoolOperations> operations;

    private transient Guard guard;
    private transient SortedMap<String, PoolOperations> pools;
    private transient Sampler sampler;
    private transient Readinesses readinesses;

    /** For the container. */
    public ConsoleServlet() {
        // init follows
    }

    @Override
    public void init() {
        guard = new Guard(ConsoleSettings.read(ConfigProvider.getConfig()));
        pools = new TreeMap<>();
        for (PoolOperations pool : operations) {
            pools.put(pool.name(), pool);
        }
        sampler = new Sampler(pools.values());
        readinesses = new Readinesses();
    }

    @Override
    public void destroy() {
        sampler.close();
        readinesses.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Exchange exchange = new Exchange(request, response);
        exchange.protect();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reads && FILES.containsKey(exchange.path())) {
            exchange.file(exchange.path().substring(1), FILES.get(exchange.path()));
        } else if (!guard.admits(request, response)) {
            // otherwise the caller has been asked to log in
            if (!response.isCommitted() && response.getStatus() < SC_MULTIPLE_CHOICES) {
                exchange.refuse(
                        SC_FORBIDDEN,
                        "You may not see this page",
                        "Ask whoever runs this application.");
            }
        } else if (reads) {
            read(exchange);
        } else if (request.getMethod().equals("POST")) {
            operate(exchange);
        } else {
            response.setHeader("Allow", "GET, HEAD, POST");
            exchange.refuse(
                    SC_METHOD_NOT_ALLOWED,
                    "There is no such method",
                    "Read with GET, operate with POST.");
        }
    }

    private void read(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (path.isEmpty()) {
            exchange.seeOther(exchange.base());
        } else if (path.equals("/")) {
            List<View> views = look(pools.values());
            exchange.answer(
                    SC_OK,
                    () -> new OverviewPage(exchange.layout(), views).html(),
                    () -> PoolJson.all(exchange.application(), views));
        } else if (path.startsWith(POOLS) && pools.containsKey(path.substring(POOLS.length()))) {
            String notice =
                    Operation.named(exchange.request().getParameter("done"))
                            .map(done -> done.outcome(exchange.number("count")))
                            .orElse("");
            show(exchange, SC_OK, pools.get(path.substring(POOLS.length())), notice, "");
        } else {
            notFound(exchange);
        }
    }

    private void operate(Exchange exchange) throws IOException {
        if (!Guard.isFromOwnPage(exchange.request())) {
            exchange.refuse(
                    SC_FORBIDDEN,
                    "Nothing was done",
                    "The call does not come from this console. A program sends the header "
                            + Guard.OWN_HEADER
                            + ".");
            return;
        }
        String[] parts = exchange.path().split("/", -1); // "", "pools", name, operation
        if (parts.length == 4 && parts[1].equals("pools") && pools.containsKey(parts[2])) {
            Optional<Operation> operation = Operation.named(parts[3]);
            if (operation.isPresent()) {
                operate(exchange, pools.get(parts[2]), operation.get());
                return;
            }
        }
        notFound(exchange);
    }

    private void operate(Exchange exchange, PoolOperations pool, Operation operation)
            throws IOException {
        int count;
        try {
            count = operation.run(pool, exchange.request());
        } catch (IllegalArgumentException e) {
            show(exchange, SC_BAD_REQUEST, pool, "", String.valueOf(e.getMessage()));
            return;
        } catch (IllegalStateException e) {
            show(exchange, SC_CONFLICT, pool, "", String.valueOf(e.getMessage()));
            return;
        }
        LOGGER.log(
                Level.INFO,
                Message.OPERATED.format(pool.name(), operation.outcome(count), exchange.caller()));
        if (exchange.wantsJson()) {
            exchange.answer(
                    SC_OK,
                    () -> Html.NONE,
                    () ->
                            Map.of(
                                    "pool", pool.name(),
                                    "operation", operation.word(),
                                    "connections", count));
        } else {
            exchange.seeOther(
                    "%spools/%s?done=%s&count=%d"
                            .formatted(exchange.base(), pool.name(), operation.word(), count));
        }
    }

    private void show(
            Exchange exchange, int status, PoolOperations pool, String notice, String fault)
            throws IOException {
        View view = look(List.of(pool)).get(0);
        List<Setting> settings = pool.settings();
        List<SlowStatement> slow = pool.slowStatements();
        exchange.answer(
                status,
                () -> new PoolPage(exchange.layout(), view, settings, slow, notice, fault).html(),
                () ->
                        fault.isEmpty()
                                ? PoolJson.one(view, settings, slow)
                                : Map.of("error", fault));
    }

    private List<View> look(Collection<PoolOperations> some) {
        readinesses.ask(some);
        List<View> views = new ArrayList<>();
        for (PoolOperations pool : some) {
            views.add(new View(pool.state(), readinesses.of(pool.name()), sampler.of(pool.name())));
        }
        return views;
    }

    private static void notFound(Exchange exchange) throws IOException {
        exchange.refuse(
                SC_NOT_FOUND,
                "There is no such page",
                "The pools of this application are on the first page.");
    }
}
