package io.annulus.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Guarantee;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void answersAreHandedOn() throws Exception {
        assertEquals("yes", Answers.await(CompletableFuture.completedFuture("yes"), 1));
    }

    @Test
    void unknownOutcomeSaysSoAndWhoAnswered() {
        Receipt receipt = new Receipt(
                Guarantee.EVENTUAL,
                1,
                3,
                2,
                1,
                List.of(
                        new ReplicaAnswer("n1", ReplicaAnswer.Role.OWNER, ReplicaAnswer.Outcome.ACKNOWLEDGED, "SYNCED"),
                        new ReplicaAnswer("n2", ReplicaAnswer.Role.STAND_IN, ReplicaAnswer.Outcome.NOT_ASKED, "")));
        String message = messageOf(new OutcomeUnknownException("1 of 2 in time", receipt));

        assertEquals(
                "1 of 2 in time - the outcome is unknown: repeating is safe, reading tells"
                        + " (n1 acknowledged, n2 stand-in not asked)",
                message);
    }

    @Test
    void replicasThatTheMessageNamesAreNotNamedAgain() {
        Receipt receipt = new Receipt(
                Guarantee.EVENTUAL,
                1,
                1,
                1,
                0,
                List.of(new ReplicaAnswer("n1", ReplicaAnswer.Role.OWNER, ReplicaAnswer.Outcome.NOT_ASKED, "")));

        assertEquals("n1 is down - nothing was changed", messageOf(new UnavailableException("n1 is down", receipt)));
    }

    @Test
    void notAppliedSaysSo() {
        assertEquals(
                "too few are up - nothing was changed",
                messageOf(new UnavailableException("too few are up", Receipt.none(2))));
    }

    @Test
    void causeIsFoundBelowTheStagesOwnExceptions() {
        CompletionStage<String> stage = CompletableFuture.<String>failedFuture(
                        new UnavailableException("too few are up", Receipt.none(2)))
                .thenApply(text -> text)
                .thenApply(text -> text);
        Exception error = assertThrows(CommandException.class, () -> Answers.await(stage, 1));
        assertTrue(error.getMessage().startsWith("too few are up"), error.getMessage());
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Answers.await(new CompletableFuture<>(), 60_000));
    }

    private static String messageOf(RuntimeException failure) {
        return assertThrows(CommandException.class, () -> Answers.await(CompletableFuture.failedFuture(failure), 1))
                .getMessage();
    }
}
