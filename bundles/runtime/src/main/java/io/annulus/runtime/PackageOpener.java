package io.annulus.runtime;

import io.annulus.api.runtime.JvmAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Sees to it that the packages of java.base that Chronicle Queue and Aeron reach into are open: by flags of the command line,
 * or granted at run time where java.lang is open, as it is in Karaf. To be used before the first class of those libraries is
 * loaded. Immutable; any thread.
 */
public final class PackageOpener {

    /** Without these the commit log fails, in part with misleading messages. */
    static final List<String> NEEDED = List.of("java.lang", "java.lang.reflect", "sun.nio.ch");

    /** Without these the commit log warns. */
    static final List<String> WANTED = List.of("jdk.internal.ref");

    /** What a JVM can be asked about the packages of its module java.base. */
    public interface Jvm {

        /** Whether code of bundles and of the class path may reflect into a package. */
        boolean isOpen(String packageName);

        /** Opens a package to all such code; returns whether that was possible. */
        boolean open(String packageName);
    }

    private final Jvm jvm;

    public PackageOpener(Jvm jvm) {
        this.jvm = Objects.requireNonNull(jvm, "jvm");
    }

    /**
     * Opens what is not open.
     *
     * @throws IllegalStateException when that is not possible; the message gives the lines to add
     */
    public JvmAccess open() {
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String name : NEEDED) {
            if (!jvm.isOpen(name)) {
                (jvm.open(name) && jvm.isOpen(name) ? granted : refused).add(name);
            }
        }
        if (!refused.isEmpty()) {
            throw new IllegalStateException(explain(refused));
        }
        for (String name : WANTED) {
            if (!jvm.isOpen(name) && jvm.open(name)) {
                granted.add(name);
            }
        }
        String description = granted.isEmpty()
                ? "opened by flags of the command line: " + String.join(", ", NEEDED)
                : "granted at run time: " + String.join(", ", granted);
        return () -> description;
    }

    private static String explain(List<String> refused) {
        String flags = refused.stream()
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .collect(Collectors.joining(" "));
        return "this JVM does not open " + String.join(", ", refused)
                + " of java.base, which the commit log and the transport need. In Karaf, add this line to bin/setenv"
                + " and start it again: export EXTRA_JAVA_OPTS=\"${EXTRA_JAVA_OPTS} " + flags
                + "\" ; elsewhere add to the java command: " + flags;
    }
}
