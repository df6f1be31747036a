package io.annulus.itests.karaf;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.annulus.api.Keyspace;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Stops and starts, updates, uninstalls and installs all our bundles again and again: the data stays, and nothing else does.
 * The first rounds warm up: the JVM and Karaf open files of their own then.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LifecycleIT {

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 10;
    private static final long SERVICE_MILLIS = 60_000;
    private static final long SETTLE_MILLIS = 15_000;
    private static final String OUR_PORT = ":" + Integer.toHexString(7832).toUpperCase(Locale.ROOT);
    private static final byte[] KEY = "kept".getBytes(StandardCharsets.UTF_8);

    @Inject
    private BundleContext context;

    @Configuration
    public static Option[] stockKaraf() {
        return StockKaraf.withAnnulus(1);
    }

    @Test
    public void tenRoundsLeaveThreadsFilesAndPortsAsTheyWere() throws Exception {
        Keyspace first = keyspace();
        first.put(KEY, KEY).toCompletableFuture().get(30, TimeUnit.SECONDS);
        for (int round = 0; round < WARM_UP; round++) {
            round();
        }
        Set<String> running = Traces.take().ports;
        assertTrue(running + " lacks ours", running.stream().anyMatch(port -> port.endsWith(OUR_PORT)));
        stopAll();
        Traces before = Traces.settled(Traces.take());
        startAll();

        for (int round = 0; round < ROUNDS; round++) {
            round();
        }
        stopAll();

        Traces after = Traces.settled(before);
        System.out.println("ANNULUS-ITEST after " + ROUNDS + " rounds: " + before + " -> " + after);
        assertEquals(List.of(), after.ourThreads);
        assertEquals(before.ports, after.ports);
        assertTrue("threads " + before.threads + " -> " + after.threads, after.threads <= before.threads);
        assertTrue("files " + before.files + " -> " + after.files, after.files <= before.files);
        startAll();
        assertKept();
    }

    /** Stop and start, update, uninstall and install of all our bundles. */
    private void round() throws Exception {
        stopAll();
        startAll();
        assertKept();
        for (Bundle bundle : ours()) {
            bundle.update();
        }
        refresh();
        assertKept();
        List<String> locations = ours().stream().map(Bundle::getLocation).collect(Collectors.toList());
        stopAll();
        for (Bundle bundle : ours()) {
            bundle.uninstall();
        }
        refresh();
        for (String location : locations) {
            context.installBundle(location);
        }
        startAll();
        assertKept();
    }

    private void assertKept() throws Exception {
        byte[] value = keyspace()
                .get(KEY)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .value()
                .orElseThrow();
        assertArrayEquals(KEY, value);
    }

    /** By a tracker of the service's name: the class of the api may be another after a refresh, and this probe too. */
    private Keyspace keyspace() throws InterruptedException {
        ServiceTracker<Keyspace, Keyspace> tracker = new ServiceTracker<>(context, Keyspace.class, null);
        tracker.open();
        try {
            Keyspace found = tracker.waitForService(SERVICE_MILLIS);
            assertTrue("no keyspace after " + SERVICE_MILLIS + " ms", found != null);
            return found;
        } finally {
            tracker.close();
        }
    }

    /** All our bundles but the api, which this probe itself is wired to. */
    private List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null)
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.annulus."))
                .filter(bundle -> !bundle.getSymbolicName().equals("io.annulus.api"))
                .collect(Collectors.toList());
    }

    private void stopAll() throws BundleException {
        List<Bundle> bundles = new ArrayList<>(ours());
        Collections.reverse(bundles);
        for (Bundle bundle : bundles) {
            bundle.stop();
        }
    }

    private void startAll() throws BundleException {
        for (Bundle bundle : ours()) {
            bundle.start();
        }
    }

    private void refresh() throws InterruptedException {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        Object done = new Object();
        boolean[] refreshed = new boolean[1];
        wiring.refreshBundles(ours(), event -> {
            synchronized (done) {
                refreshed[0] = true;
                done.notifyAll();
            }
        });
        synchronized (done) {
            long deadline = System.currentTimeMillis() + SERVICE_MILLIS;
            while (!refreshed[0] && System.currentTimeMillis() < deadline) {
                done.wait(SERVICE_MILLIS);
            }
        }
    }

    /** What a stopped Annulus might leave in its JVM. */
    private static final class Traces {

        private static final String LISTENING = "0A";
        private static final int STATE = 3;
        private static final int INODE = 9;

        private final int threads;
        private final List<String> ourThreads;
        private final int files;
        private final Set<String> ports;

        private Traces(int threads, List<String> ourThreads, int files, Set<String> ports) {
            this.threads = threads;
            this.ourThreads = ourThreads;
            this.files = files;
            this.ports = ports;
        }

        static Traces take() throws IOException {
            Set<Thread> all = Thread.getAllStackTraces().keySet();
            List<String> ours = all.stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("kv-") || name.contains("aeron"))
                    .sorted()
                    .collect(Collectors.toList());
            return new Traces(all.size(), ours, openFiles(), ports());
        }

        /** Waits, for a while, until no more is there than was. */
        static Traces settled(Traces target) throws IOException, InterruptedException {
            long deadline = System.currentTimeMillis() + SETTLE_MILLIS;
            Traces now = take();
            while (now.exceeds(target) && System.currentTimeMillis() < deadline) {
                System.gc();
                Thread.sleep(200);
                now = take();
            }
            return now;
        }

        private boolean exceeds(Traces target) {
            return threads > target.threads || files > target.files || !ourThreads.isEmpty();
        }

        private static int openFiles() {
            String[] descriptors = new File("/proc/self/fd").list();
            return descriptors == null ? 0 : descriptors.length;
        }

        /** This process's sockets that are bound for UDP or listen for TCP, by the port's hexadecimal number. */
        private static Set<String> ports() throws IOException {
            Set<String> sockets = sockets();
            Set<String> ports = new TreeSet<>();
            for (String protocol : List.of("udp", "udp6", "tcp", "tcp6")) {
                try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", protocol))) {
                    lines.skip(1)
                            .map(line -> line.trim().split(" +"))
                            .filter(fields -> sockets.contains("socket:[" + fields[INODE] + "]"))
                            .filter(fields -> protocol.startsWith("udp") || fields[STATE].equals(LISTENING))
                            .map(fields -> protocol + fields[1].substring(fields[1].lastIndexOf(':')))
                            .forEach(ports::add);
                }
            }
            return ports;
        }

        private static Set<String> sockets() throws IOException {
            Set<String> sockets = new TreeSet<>();
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                for (Path descriptor : descriptors.collect(Collectors.toList())) {
                    if (Files.isSymbolicLink(descriptor)) {
                        sockets.add(target(descriptor));
                    }
                }
            }
            return sockets;
        }

        /** A descriptor may be closed while it is looked at; it is none of those that stay. */
        private static String target(Path descriptor) throws IOException {
            try {
                return Files.readSymbolicLink(descriptor).toString();
            } catch (NoSuchFileException e) {
                return "";
            }
        }

        @Override
        public String toString() {
            return threads + " threads, ours " + ourThreads + ", " + files + " files, ports " + ports;
        }
    }
}
