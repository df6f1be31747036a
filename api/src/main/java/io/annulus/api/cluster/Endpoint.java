package io.annulus.api.cluster;

import java.util.Objects;

/**
 * Where a node receives messages.
 *
 * @param host an IP address or a name
 * @param port UDP port, 1 to 65535
 */
public record Endpoint(String host, int port) implements Comparable<Endpoint> {

    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (host.isBlank() || host.length() > 255) {
            throw new IllegalArgumentException("host '" + host + "' is not 1 to 255 characters; write host:port");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of host '" + host + "' is not 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException naming the text, when it is not of that form
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || text.indexOf(':') != colon && !text.startsWith("[")) {
            throw new IllegalArgumentException("'" + text + "' is not host:port, for example 127.0.0.1:7800");
        }
        String host = text.substring(0, colon).trim();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Endpoint(host, Integer.parseInt(text.substring(colon + 1).trim()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no number after its last colon; write host:port", e);
        }
    }

    @Override
    public int compareTo(Endpoint other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
