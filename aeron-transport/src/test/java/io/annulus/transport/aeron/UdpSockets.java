package io.annulus.transport.aeron;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The UDP sockets of this process as Linux tells of them. */
final class UdpSockets {

    private static final int ADDRESS = 1;
    private static final int INODE = 9;

    private UdpSockets() {}

    /** Local addresses in hexadecimal, in the byte order of the machine. */
    static List<String> localAddresses() throws IOException {
        Set<String> ours = inodes();
        try (Stream<String> four = Files.lines(Path.of("/proc/self/net/udp"));
                Stream<String> six = Files.lines(Path.of("/proc/self/net/udp6"))) {
            return Stream.concat(four, six)
                    .map(line -> line.trim().split(" +"))
                    .filter(fields -> fields.length > INODE && ours.contains(fields[INODE]))
                    .map(fields -> fields[ADDRESS].substring(0, fields[ADDRESS].indexOf(':')))
                    .toList();
        }
    }

    private static Set<String> inodes() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(UdpSockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    /** Descriptors come and go meanwhile; one that is gone is no socket of the transport. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "gone";
        }
    }
}
