package io.annulus.benchmarks.loader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own; it ends with this one, since its standard input closes then. */
final class NodeProcess {

    private final List<String> command;
    private final Path log;
    private Process process;

    NodeProcess(int number, String seeds, int port, Path state) {
        this.log = state.resolve("node" + number + ".log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.annulus.launcher.NodeMain"));
        command.addAll(List.of(
                "--name",
                "node" + number,
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--rack",
                "rack" + number,
                "--seeds",
                seeds,
                "--data",
                state.resolve("node" + number).toString()));
    }

    void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " did not end within 30 s of its kill");
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
