package io.annulus.itests.checks.planted;

import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** Breaks the rule on sockets. */
public final class OpensSocket {
    public DatagramChannel open() throws IOException {
        return DatagramChannel.open();
    }
}
