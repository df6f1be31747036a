package io.annulus.simulator.judge;

import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Answer.Ending;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Invocation;
import io.annulus.simulator.history.Level;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Histories of a real register whose operations take effect at a random moment between call and answer. */
final class RandomRegisterHistory {

    private final Random random;
    private final int clients;
    private final List<Draft> drafts = new ArrayList<>();

    private static final class Draft {
        private long start;
        private long moment;
        private long end;
        private String process = "";
        private Function function = Function.GET;
        private Optional<String> value = Optional.empty();
        private Optional<String> expect = Optional.empty();
        private List<String> read = List.of();
        private Ending ending = Ending.OK;
    }

    private RandomRegisterHistory(Random random, int clients) {
        this.random = random;
        this.clients = clients;
    }

    /** A linearizable history of one key. */
    static History of(Random random, int clients, int operations) {
        RandomRegisterHistory register = new RandomRegisterHistory(random, clients);
        register.plan(operations);
        register.run();
        return register.history();
    }

    private void plan(int operations) {
        long[] free = new long[clients];
        int[] lives = new int[clients];
        for (int i = 0; i < operations; i++) {
            int client = random.nextInt(clients);
            Draft draft = new Draft();
            draft.process = "c" + client + "." + lives[client];
            draft.start = free[client] + 1 + random.nextInt(10);
            draft.moment = draft.start + random.nextInt(20);
            draft.end = draft.moment + random.nextInt(20);
            draft.function = switch (random.nextInt(8)) {
                case 0, 1, 2 -> Function.PUT;
                case 3 -> Function.CAS;
                case 4 -> random.nextInt(3) == 0 ? Function.DELETE : Function.PUT;
                default -> Function.GET;
            };
            if (draft.function == Function.PUT || draft.function == Function.CAS) {
                draft.value = Optional.of("v" + i);
            }
            free[client] = draft.end;
            if (random.nextInt(10) == 0) {
                draft.ending = Ending.INFO;
                draft.moment += random.nextInt(3) * 100;
                lives[client]++;
            }
            drafts.add(draft);
        }
    }

    private void run() {
        Optional<String> state = Optional.empty();
        List<String> past = new ArrayList<>();
        List<Draft> inOrder = new ArrayList<>(drafts);
        inOrder.sort(Comparator.comparingLong(draft -> draft.moment));
        for (Draft draft : inOrder) {
            boolean lost = draft.ending == Ending.INFO && random.nextInt(3) == 0;
            switch (draft.function) {
                case GET ->
                    draft.read = draft.ending == Ending.OK
                            ? List.copyOf(state.stream().toList())
                            : List.of();
                case DELETE -> state = lost ? state : Optional.empty();
                case PUT -> state = lost ? state : draft.value;
                default -> {
                    boolean guessesRight = random.nextBoolean() || past.isEmpty();
                    draft.expect = guessesRight ? state : Optional.of(past.get(random.nextInt(past.size())));
                    if (state.equals(draft.expect)) {
                        state = lost ? state : draft.value;
                    } else if (draft.ending == Ending.OK) {
                        draft.ending = Ending.FAIL;
                    }
                }
            }
            state.ifPresent(past::add);
        }
    }

    private History history() {
        List<Operation> operations = new ArrayList<>();
        drafts.sort(Comparator.comparingLong(draft -> draft.start));
        for (Draft draft : drafts) {
            Level level = new Level(3, 2, false);
            Invocation invocation = new Invocation(
                    draft.start, draft.process, "n1", draft.function, "k", draft.value, draft.expect, "", level, false);
            operations.add(new Operation(operations.size(), invocation, Optional.of(answer(draft, draft.read))));
        }
        return new History(Setting.of(Mode.REGISTER), operations, List.of(), List.of());
    }

    private static Answer answer(Draft draft, List<String> values) {
        return new Answer(
                draft.end,
                draft.ending,
                values,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                Optional.empty(),
                draft.ending == Ending.FAIL ? "mismatch" : "");
    }

    /** The history with one read changed to the value of another acknowledged write, or to nothing; itself without a read. */
    static History withWrongRead(History history, Random random) {
        List<Operation> operations = new ArrayList<>(history.operations());
        List<Operation> reads = operations.stream()
                .filter(operation -> operation.function() == Function.GET && operation.isOk())
                .toList();
        List<String> values = operations.stream()
                .filter(Operation::isOk)
                .flatMap(operation -> operation.value().stream())
                .toList();
        if (reads.isEmpty() || values.isEmpty()) {
            return history;
        }
        Operation read = reads.get(random.nextInt(reads.size()));
        List<String> other = List.of(values.get(random.nextInt(values.size())));
        Answer was = read.answer().orElseThrow();
        Answer is = new Answer(
                was.nanos(),
                was.ending(),
                other.equals(was.values()) ? List.of() : other,
                was.count(),
                was.timestamp(),
                was.context(),
                was.receipt(),
                was.error());
        operations.set(read.index(), new Operation(read.index(), read.invocation(), Optional.of(is)));
        return new History(history.setting(), operations, List.of(), List.of());
    }
}
