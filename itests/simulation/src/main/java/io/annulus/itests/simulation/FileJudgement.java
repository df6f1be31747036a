package io.annulus.itests.simulation;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.HistoryReader;
import io.annulus.simulator.judge.Judges;
import io.annulus.simulator.judge.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A history that was taken down elsewhere, perhaps of a cluster of real processes, and what the judges find in it.
 *
 * @param history what was read
 * @param violations promises that were broken; none when all is well
 */
record FileJudgement(History history, List<Violation> violations) {

    /**
     * Reads and judges a file of JSON lines.
     *
     * @throws IllegalArgumentException when the file cannot be read, or is no history that can be judged
     */
    static FileJudgement of(Path file) {
        try {
            History history = HistoryReader.read(Files.readString(file));
            return new FileJudgement(history, Judges.judge(history, ClusterRun.LIVENESS_BOUND));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--judge " + file + " cannot be read: " + e + "; name a file of JSON lines in UTF-8", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("--judge " + file + ": " + e.getMessage(), e);
        }
    }

    /** How much there was to judge: a history without the states of replicas proves little. */
    String extent() {
        return "operations: " + history.operations().size() + ", keys: "
                + history.byKey().size() + ", states of replicas: "
                + history.finals().size();
    }
}
