package io.annulus.itests.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, driven through its standard input. It ends with the test, whose pipe closes. */
final class NodeProcess {

    private static final int READY_SECONDS = 60;
    private static final int ANSWER_SECONDS = 70;

    private final List<String> command;
    private final Path log;
    private Process process;
    private BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    NodeProcess(String name, int port, String rack, String seeds, Path state) {
        log = state.resolve(name + ".log");
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.annulus.launcher.NodeMain"));
        command.addAll(List.of("--name", name, "--port", Integer.toString(port), "--rack", rack));
        command.addAll(List.of("--seeds", seeds, "--data", state.resolve(name).toString()));
    }

    NodeProcess start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        answers = lines;
        Process reading = process;
        Thread reader = new Thread(() -> read(reading, lines), "answers");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("error " + new UncheckedIOException(e));
        }
        lines.add("ended");
    }

    NodeProcess awaitReady() throws InterruptedException {
        String line = answers.poll(READY_SECONDS, TimeUnit.SECONDS);
        if (!"ready".equals(line)) {
            throw new AssertionError("the node said '" + line + "' instead of 'ready'; see " + log);
        }
        return this;
    }

    /** Sends a command and waits for its answer. */
    String ask(String line) throws IOException, InterruptedException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer to '" + line + "' within " + ANSWER_SECONDS + " s; see " + log);
        }
        return answer;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " survived its kill");
        }
    }

    void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
