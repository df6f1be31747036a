package io.annulus.storage.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link CrashWriter} in a process of its own, which is killed. */
final class CrashedProcess {

    private static final long SECONDS = 120;

    /** How a process ends that was killed. */
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final long life;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Long> acked;

    private CrashedProcess(Process process, long life) {
        this.process = process;
        this.life = life;
        this.acked = CompletableFuture.supplyAsync(this::count, task -> new Thread(task, "proof-acks").start());
    }

    /** Starts a life. */
    static CrashedProcess start(Path directory, long seed, long life, long operations) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = List.of(
                java,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                directory.toString(),
                Long.toString(seed),
                Long.toString(life),
                Long.toString(operations));
        return new CrashedProcess(
                new ProcessBuilder(command)
                        .redirectError(directory.resolveSibling("writer.err").toFile())
                        .start(),
                life);
    }

    /** Waits for the first acknowledgement, or the end. */
    void awaitBegin() throws InterruptedException {
        try {
            begun.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the writer does not begin", e);
        }
    }

    /** Kills it after a time, unless it ends before; returns how many operations it saw acknowledged. */
    long killAfter(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        // By its handle: through the process itself, what it said last would be lost.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not die");
        }
        int status = process.exitValue();
        if (status != KILLED && status != 0) {
            throw new AssertionError("the writer ended by itself with status " + status);
        }
        return acked.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private long count() {
        long last = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("WRONG")) {
                    throw new AssertionError(line);
                }
                // The last line may be torn: it lacks digits, and is of another life then.
                long number = line.startsWith(CrashWriter.ACK)
                        ? Long.parseLong("0" + line.substring(CrashWriter.ACK.length()), 16)
                        : 0;
                if (CrashWorkload.life(number) == life) {
                    last = Math.max(last, number - CrashWorkload.number(life, 0));
                    begun.complete(null);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot hear the writer", e);
        } finally {
            begun.complete(null);
        }
        return last;
    }
}
