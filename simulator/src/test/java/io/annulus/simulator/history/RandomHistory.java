package io.annulus.simulator.history;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.simulator.history.Answer.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes histories of any content that the format can hold; they make no sense otherwise. */
final class RandomHistory {

    private static final Map<Mode, List<Function>> FUNCTIONS = new EnumMap<>(Map.of(
            Mode.REGISTER, List.of(Function.PUT, Function.GET, Function.DELETE, Function.CAS),
            Mode.SIBLINGS, List.of(Function.PUT, Function.GET, Function.DELETE),
            Mode.LWW, List.of(Function.PUT, Function.GET, Function.DELETE),
            Mode.COUNTER, List.of(Function.ADD, Function.COUNT),
            Mode.SET, List.of(Function.SADD, Function.SREM, Function.SMEMBERS),
            Mode.MAP, List.of(Function.MPUT, Function.MREMOVE, Function.MENTRIES)));
    private static final List<String> TEXTS =
            List.of("v", "\u00e4\u20ac\ud83d\ude00", "\"quoted\" \\ \n\u0001", "{\"json\":1}", " ", "5", "null", "a=b");

    private final Random random;

    RandomHistory(Random random) {
        this.random = random;
    }

    History history() {
        Map<String, Mode> modes = new TreeMap<>();
        for (Mode mode : Mode.values()) {
            modes.put(mode.name(), mode);
        }
        Setting setting = new Setting(
                random.nextLong(),
                one(List.of(Mode.values())),
                modes,
                Set.copyOf(List.of(one(List.of(Promise.values())))),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextLong());
        List<Operation> operations = operations(random.nextInt(40));
        List<Incident> incidents = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            incidents.add(new Incident(
                    random.nextInt(120), text(), random.nextBoolean() ? "" : text(), random.nextBoolean()));
        }
        incidents.sort(Comparator.comparingLong(Incident::nanos));
        return new History(setting, operations, incidents, finals());
    }

    private List<Operation> operations(int count) {
        long[] free = new long[5];
        List<Operation> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int client = random.nextInt(free.length);
            if (free[client] < Long.MAX_VALUE) {
                long start = free[client] + random.nextInt(5);
                Invocation invocation = invocation(start, "p" + client);
                Optional<Answer> answer = random.nextInt(8) == 0
                        ? Optional.empty()
                        : Optional.of(answer(invocation.function(), start + random.nextInt(20)));
                free[client] = answer.filter(end -> end.ending() != Ending.INFO)
                        .map(Answer::nanos)
                        .orElse(Long.MAX_VALUE);
                drafts.add(new Operation(0, invocation, answer));
            }
        }
        drafts.sort(Comparator.comparingLong(Operation::startNanos));
        List<Operation> operations = new ArrayList<>();
        drafts.forEach(draft -> operations.add(new Operation(operations.size(), draft.invocation(), draft.answer())));
        return operations;
    }

    private Invocation invocation(long nanos, String process) {
        Mode mode = one(List.of(Mode.values()));
        Function function = one(FUNCTIONS.get(mode));
        boolean writesValue = function.isWrite() && function != Function.DELETE;
        String value = function == Function.ADD ? Integer.toString(random.nextInt(9) - 4) : text();
        int copies = 1 + random.nextInt(5);
        return new Invocation(
                nanos,
                process,
                random.nextBoolean() ? "" : text(),
                function,
                mode.name() + random.nextInt(3),
                writesValue ? Optional.of(value) : Optional.empty(),
                function == Function.CAS && random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                random.nextBoolean() ? "" : text(),
                new Level(copies, 1 + random.nextInt(copies), random.nextBoolean()),
                random.nextBoolean());
    }

    private Answer answer(Function function, long nanos) {
        Ending ending = one(List.of(Ending.values()));
        boolean count = function == Function.COUNT;
        return new Answer(
                nanos,
                ending,
                count || random.nextBoolean() ? List.of() : List.of(text(), text()),
                count && ending == Ending.OK ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                random.nextBoolean() ? "" : text(),
                random.nextBoolean() ? Optional.empty() : Optional.of(receipt()),
                random.nextBoolean() ? "" : text());
    }

    private Receipt receipt() {
        List<ReplicaAnswer> replicas = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            replicas.add(new ReplicaAnswer(
                    text(),
                    one(List.of(ReplicaAnswer.Role.values())),
                    one(List.of(ReplicaAnswer.Outcome.values())),
                    random.nextBoolean() ? "" : text()));
        }
        return new Receipt(
                one(List.of(Guarantee.values())),
                random.nextLong(),
                random.nextInt(5),
                random.nextInt(5),
                random.nextInt(5),
                replicas);
    }

    private List<ReplicaState> finals() {
        List<ReplicaState> finals = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean count = random.nextBoolean();
            finals.add(new ReplicaState(
                    "n" + i,
                    count ? "COUNTER" : "SET" + text(),
                    random.nextBoolean() ? List.of() : List.of(text()),
                    count ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                    random.nextLong()));
        }
        return finals;
    }

    private String text() {
        return one(TEXTS);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
