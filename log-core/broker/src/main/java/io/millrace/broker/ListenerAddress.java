package io.millrace.broker;

import io.millrace.protocol.BadSetting;
import java.util.ArrayList;
import java.util.List;

/// One entry of `listeners`: NAME://HOST:PORT. An empty host is every address.
public record ListenerAddress(String name, String host, int port) {
    private static final String SCHEME = "://";

    static ListenerAddress parse(String text) {
        int scheme = text.indexOf(SCHEME);
        int colon = text.lastIndexOf(':');
        if (scheme > 0 && colon >= scheme + SCHEME.length()) {
            String host = text.substring(scheme + SCHEME.length(), colon);
            boolean isBracketed = host.startsWith("[") && host.endsWith("]");
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 0 && port <= 65_535) {
                    return new ListenerAddress(
                            text.substring(0, scheme),
                            isBracketed ? host.substring(1, host.length() - 1) : host,
                            port);
                }
            } catch (NumberFormatException e) {
                throw bad(text, e);
            }
        }
        throw bad(text, null);
    }

    private static BadSetting bad(String text, @org.jspecify.annotations.Nullable Exception cause) {
        BadSetting problem = new BadSetting("listeners: '" + text
                + "' is not NAME://HOST:PORT, such as PLAINTEXT://127.0.0.1:9092");
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }

    static List<ListenerAddress> parseAll(List<String> texts) {
        List<ListenerAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(parse(text));
        }
        return addresses;
    }

    /// How to reach a listener on every address of this machine is the operator's to say; this
    /// serves clients on the same machine.
    String reachableHost() {
        return host.isEmpty() || host.equals("0.0.0.0") ? "localhost" : host;
    }

    String bindHost() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }
}
