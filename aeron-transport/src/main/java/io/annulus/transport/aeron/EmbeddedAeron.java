package io.annulus.transport.aeron;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.UnavailableImageHandler;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.RegistrationException;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.runtime.TimeSource;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * A media driver, its client and the subscription of the node, none with a thread: {@link #work} is their turn. Opened and
 * closed on any one thread, worked on the loop, never two at once.
 */
final class EmbeddedAeron implements AutoCloseable {

    static final int STREAM_ID = 1;

    /** Aeron ends a client that was not served for this long; ours lives and dies with its process, paused or not. */
    private static final long LIVENESS_MILLIS = TimeUnit.DAYS.toMillis(30);

    private static final int COUNTERS_BYTES = 1 << 20;
    private static final int ERRORS_BYTES = 4 << 20;
    private static final int RESOLVER_SLEEP_MILLIS = 5;

    private final Path directory;
    private final String channelSuffix;
    private MediaDriver driver;
    private Aeron aeron;
    private Subscription subscription;

    private EmbeddedAeron(Path directory, String channelSuffix) {
        this.directory = directory;
        this.channelSuffix = channelSuffix;
    }

    /**
     * Takes the port and starts to receive.
     *
     * @throws IOException when the port or the directory cannot be had
     */
    static EmbeddedAeron open(
            TransportConfig config,
            NodeIdentity identity,
            TimeSource time,
            ErrorHandler errors,
            UnavailableImageHandler imageGone)
            throws IOException {
        Endpoint endpoint = identity.endpoint();
        InetAddress address = LocalAddress.check(endpoint, config.allowUnsealed());
        String name = "annulus-aeron-" + endpoint.port() + "-" + Long.toHexString(identity.storeId());
        Path directory = config.directory().toAbsolutePath().resolve(name);
        EmbeddedAeron embedded = new EmbeddedAeron(directory, LocalAddress.channelSuffix(address));
        try {
            embedded.start(config, endpoint, time, errors, imageGone);
            return embedded;
        } catch (RegistrationException e) {
            embedded.close();
            throw LocalAddress.cannotBind(endpoint, e);
        } catch (IOException | RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    private void start(
            TransportConfig config,
            Endpoint endpoint,
            TimeSource time,
            ErrorHandler errors,
            UnavailableImageHandler imageGone)
            throws IOException {
        createDirectory();
        SteadyClock clock = new SteadyClock(time);
        driver = MediaDriver.launch(
                driverContext(config, endpoint, errors).epochClock(clock).nanoClock(time::nanos));
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .driverAgentInvoker(driver.sharedAgentInvoker())
                .useConductorAgentInvoker(true)
                .driverTimeoutMs(LIVENESS_MILLIS)
                .epochClock(clock)
                .nanoClock(time::nanos)
                .errorHandler(errors)
                .unavailableImageHandler(imageGone));
        subscription = aeron.addSubscription("aeron:udp?endpoint=" + endpoint, STREAM_ID);
    }

    private MediaDriver.Context driverContext(TransportConfig config, Endpoint endpoint, ErrorHandler errors) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("driver").toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.INVOKER)
                .publicationTermBufferLength(config.termLengthBytes())
                .counterValuesBufferLength(COUNTERS_BYTES)
                .errorBufferLength(ERRORS_BYTES)
                .driverTimeoutMs(LIVENESS_MILLIS)
                .clientLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(LIVENESS_MILLIS))
                .publicationUnblockTimeoutNs(TimeUnit.MILLISECONDS.toNanos(2 * LIVENESS_MILLIS))
                .asyncExecutorIdleStrategy(new SleepingMillisIdleStrategy(RESOLVER_SLEEP_MILLIS))
                .asyncExecutorThreadFactory(task -> daemon(task, "kv-aeron-names-" + endpoint.port()))
                .errorHandler(errors);
    }

    /** Aeron gives a thread its own name before the start, hence ours after it. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(() -> {
            Thread.currentThread().setName(name);
            task.run();
        });
        thread.setDaemon(true);
        return thread;
    }

    /** The port is ours and the store is locked, so whatever has our name is what a killed process left. */
    private void createDirectory() throws IOException {
        IoUtil.delete(directory.toFile(), false);
        Path parent = directory.getParent();
        Files.createDirectories(parent);
        if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
            FileAttribute<Set<PosixFilePermission>> ownerOnly =
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(directory, ownerOnly);
        } else {
            Files.createDirectory(directory);
        }
    }

    /** The turn of driver and client. */
    int work() {
        return driver.sharedAgentInvoker().invoke()
                + aeron.conductorAgentInvoker().invoke();
    }

    /** Whether driver or client have ended by themselves, after an error that they do not survive. */
    boolean hasFailed() {
        AgentInvoker invoker = driver.sharedAgentInvoker();
        return aeron.isClosed() || invoker.isClosed();
    }

    Aeron client() {
        return aeron;
    }

    Subscription subscription() {
        return subscription;
    }

    /** The channel by which a peer is reached. */
    String channelTo(Endpoint endpoint) {
        return "aeron:udp?endpoint=" + endpoint + channelSuffix;
    }

    @Override
    public void close() {
        try {
            CloseHelper.closeAll(subscription, aeron, driver);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }
}
