package io.annulus.transport.aeron;

import io.annulus.api.cluster.Endpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Checks on the address at which a node wants to receive, before Aeron takes it. */
final class LocalAddress {

    private LocalAddress() {}

    /**
     * Resolves the host of an endpoint and checks that it may and can be bound.
     *
     * @throws IllegalArgumentException when the address may not be bound
     * @throws IOException when it cannot be
     */
    static InetAddress check(Endpoint endpoint, boolean allowUnsealed) throws IOException {
        InetAddress address = resolve(endpoint);
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException("annulus.node endpoint " + endpoint
                    + " names no single address; set the one at which the other nodes reach this one");
        }
        if (!address.isLoopbackAddress() && !allowUnsealed) {
            throw new IllegalArgumentException("annulus.node endpoint " + endpoint + " is not a loopback address, and"
                    + " without a cluster key messages are neither secret nor proof against forgery; use 127.0.0.1, or,"
                    + " on a network where every machine is trusted, set insecure.bind.anywhere = true in"
                    + " annulus.transport");
        }
        tryToBind(endpoint, address);
        return address;
    }

    /** The exception for a port or address that cannot be had. */
    static IOException cannotBind(Endpoint endpoint, Exception cause) {
        BindException failure = new BindException("cannot receive on " + endpoint + ": " + cause.getMessage()
                + "; if another process has the port, stop it or set another port in annulus.node, else set there an"
                + " address of this machine");
        failure.initCause(cause);
        return failure;
    }

    private static InetAddress resolve(Endpoint endpoint) throws IOException {
        try {
            return InetAddress.getByName(endpoint.host());
        } catch (UnknownHostException e) {
            throw cannotBind(endpoint, e);
        }
    }

    private static void tryToBind(Endpoint endpoint, InetAddress address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(address, endpoint.port()));
        } catch (SocketException e) {
            throw cannotBind(endpoint, e);
        }
    }

    /** What a channel to a peer says of this side: a loopback node sends from loopback only. */
    static String channelSuffix(InetAddress address) {
        if (!address.isLoopbackAddress()) {
            return "";
        }
        return address instanceof Inet6Address ? "|interface=[::1]" : "|interface=127.0.0.1";
    }
}
