package io.millrace.clients.network;

import io.millrace.common.Node;
import io.millrace.common.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/// Reads `bootstrap.servers`. The nodes get negative ids, since what they are is not known yet.
final class Bootstrap {
    private Bootstrap() {}

    static List<Node> parse(List<String> servers) {
        List<Node> nodes = new ArrayList<>();
        for (String server : servers) {
            if (!server.isBlank()) {
                nodes.add(node(-1 - nodes.size(), server.trim()));
            }
        }
        if (nodes.isEmpty()) {
            throw new ConfigException("bootstrap.servers must name at least one HOST:PORT");
        }
        return List.copyOf(nodes);
    }

    private static Node node(int id, String server) {
        String address =
                server.substring(server.indexOf("://") < 0 ? 0 : server.indexOf("://") + 3);
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (colon > 0 && port > 0 && port < 65_536) {
                String host = address.substring(0, colon);
                boolean bracketed = host.startsWith("[") && host.endsWith("]");
                return new Node(id, bracketed ? host.substring(1, host.length() - 1) : host, port);
            }
        } catch (NumberFormatException e) {
            throw new ConfigException("bootstrap.servers", server, "not HOST:PORT");
        }
        throw new ConfigException("bootstrap.servers", server, "not HOST:PORT");
    }
}
