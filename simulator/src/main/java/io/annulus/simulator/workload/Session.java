package io.annulus.simulator.workload;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.WriteResult;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Answer.Ending;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.HistoryRecorder;
import io.annulus.simulator.history.Invocation;
import io.annulus.simulator.history.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes down what one client asks and is told, one operation at a time. When an operation ends unknown, or nothing is heard of
 * it, the client goes on under another process name, as histories ask for.
 */
final class Session {

    private static final int NOTHING = -1;

    private final SimulatedWorld world;
    private final HistoryRecorder recorder;
    private final Gateway gateway;
    private final String client;
    private int number;
    private int open = NOTHING;

    Session(SimulatedWorld world, HistoryRecorder recorder, Gateway gateway, String client) {
        this.world = world;
        this.recorder = recorder;
        this.gateway = gateway;
        this.client = client;
    }

    /** The operation is about to be sent. */
    void ask(String node, Function function, String key, Optional<String> value, String context, Level level) {
        ask(node, function, key, value, context, level, false);
    }

    /** The read is about to be sent, after all faults have ended and the replicas have rested. */
    void askLast(String node, String key, Level level) {
        ask(node, Function.GET, key, Optional.empty(), "", level, true);
    }

    private void ask(
            String node,
            Function function,
            String key,
            Optional<String> value,
            String context,
            Level level,
            boolean last) {
        if (open != NOTHING) {
            throw new IllegalStateException(client + " has operation " + open + " open still");
        }
        open = recorder.invoke(new Invocation(
                world.nanos(),
                client + "." + number,
                node,
                function,
                key,
                value,
                Optional.empty(),
                context,
                level,
                last));
    }

    /** A read was answered. */
    void answered(ReadResult result, List<String> values) {
        end(Ending.OK, values, result.context().toString(), OptionalLong.empty(), Optional.of(result.receipt()), "");
    }

    /** A write was answered. */
    void answered(WriteResult result) {
        end(
                Ending.OK,
                List.of(),
                result.context().toString(),
                gateway.timestampOf(result.dot()),
                Optional.of(result.receipt()),
                "");
    }

    /** It is done, as follows from what came next: nothing more is known. */
    void done(List<String> values, String context) {
        end(Ending.OK, values, context, OptionalLong.empty(), Optional.empty(), "");
    }

    /**
     * The operation failed.
     *
     * @throws IllegalStateException when it failed with what the store does not declare
     */
    void failed(Throwable failure) {
        if (!(failure instanceof AnnulusException known)) {
            throw new IllegalStateException("an operation of " + client + " ended with " + failure, failure);
        }
        Ending ending = known.effect() == Effect.NOT_APPLIED ? Ending.FAIL : Ending.INFO;
        String error = known.getClass().getSimpleName() + ": " + known.getMessage();
        end(ending, List.of(), "", OptionalLong.empty(), Optional.of(known.receipt()), error);
        if (ending == Ending.INFO) {
            number++;
        }
    }

    /** Nothing was heard, and is waited for no more. */
    void lost() {
        open = NOTHING;
        number++;
    }

    private void end(
            Ending ending,
            List<String> values,
            String context,
            OptionalLong timestamp,
            Optional<Receipt> receipt,
            String error) {
        int ended = open;
        open = NOTHING;
        recorder.end(
                ended,
                new Answer(world.nanos(), ending, values, OptionalLong.empty(), timestamp, context, receipt, error));
    }
}
