package org.cabstand.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A request as a server would give it, as far as {@link Guard} and {@link Operation} look at it. */
final class Call {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> parameters = new TreeMap<>();
    private final Set<String> roles = new TreeSet<>();
    private String address = "127.0.0.1";
    private String protocol = "HTTP/1.1";
    private String user;
    private boolean asked;

    Call() {
        headers.put("Host", "localhost:8080");
    }

    Call from(String remoteAddress) {
        address = remoteAddress;
        return this;
    }

    Call with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Call field(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    Call by(String version) {
        protocol = version;
        return this;
    }

    Call user(String name, String... some) {
        user = name;
        roles.addAll(Set.of(some));
        return this;
    }

    /** Whether a login was asked for. */
    boolean wasAsked() {
        return asked;
    }

    HttpServletRequest request() {
        return (HttpServletRequest)
                Proxy.newProxyInstance(
                        Call.class.getClassLoader(),
                        new Class<?>[] {HttpServletRequest.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "getRemoteAddr" -> address;
                                    case "getProtocol" -> protocol;
                                    case "getHeader" -> headers.get((String) args[0]);
                                    case "getHeaderNames" ->
                                            Collections.enumeration(headers.keySet());
                                    case "getParameter" -> parameters.get((String) args[0]);
                                    case "getUserPrincipal" ->
                                            user == null ? null : (Principal) () -> user;
                                    case "isUserInRole" -> roles.contains((String) args[0]);
                                    case "authenticate" -> {
                                        asked = true;
                                        yield false;
                                    }
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    /** An answer that nothing is written to. */
    static HttpServletResponse response() {
        return (HttpServletResponse)
                Proxy.newProxyInstance(
                        Call.class.getClassLoader(),
                        new Class<?>[] {HttpServletResponse.class},
                        (proxy, method, args) -> {
                            throw new InvocationTargetException(
                                    null, method.getName() + " was not to be called");
                        });
    }
}
