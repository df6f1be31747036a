package io.annulus.itests.simulation;

import io.annulus.api.KeyspaceSettings;
import io.annulus.api.storage.Durability;
import io.annulus.simulator.Fault;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.workload.WorkloadPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The options of a command line. Whatever they do not name of a run is drawn from its seed; a bad one is an
 * {@link IllegalArgumentException} that names the value and the mend.
 */
final class Arguments {

    private static final Set<String> NAMES = Set.of(
            "seed",
            "nodes",
            "copies",
            "reads",
            "writes",
            "time",
            "faults",
            "down",
            "damaged",
            "pace",
            "storage",
            "clients",
            "keys",
            "value-bytes",
            "think",
            "durability",
            "modes",
            "history",
            "runs",
            "minutes");

    private final Map<String, String> given = new TreeMap<>();

    Arguments(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (name.equals("judge")) {
                throw new IllegalArgumentException("--judge stands alone, with one file after it");
            }
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("'" + arguments[i] + "' is no option; --help lists them");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("--" + name + " has no value; give one after it");
            }
            if (given.put(name, arguments[i + 1]) != null) {
                throw new IllegalArgumentException("--" + name + " is given twice; leave one out");
            }
        }
        if (given.containsKey("runs") && given.containsKey("minutes")) {
            throw new IllegalArgumentException("--runs and --minutes contradict each other; leave one out");
        }
    }

    Optional<Long> seed() {
        return Optional.ofNullable(given.get("seed")).map(text -> {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw bad("seed", text, "a whole number", e);
            }
        });
    }

    /** How many runs, of consecutive seeds; empty when a time is given instead. */
    Optional<Long> runs() {
        return given.containsKey("minutes")
                ? Optional.empty()
                : Optional.of((long) number("runs", 1, 1, 1_000_000_000));
    }

    /** For how many minutes new runs begin. */
    int minutes() {
        return number("minutes", 0, 1, 100_000);
    }

    Optional<String> history() {
        return Optional.ofNullable(given.get("history"));
    }

    /** The run of a seed, as drawn but for what the options name. */
    RunConfig apply(RunConfig drawn) {
        WorkloadPlan usual = drawn.workload();
        int copies = number("copies", usual.copies(), 1, 16);
        boolean same = copies == usual.copies();
        int majority = copies / 2 + 1;
        WorkloadPlan workload = new WorkloadPlan(
                list("modes", Mode.class, usual.modes()),
                copies,
                number("reads", same ? usual.reads() : majority, 1, copies),
                number("writes", same ? usual.writes() : majority, 1, copies),
                number("clients", usual.clients(), 1, 1_000),
                number("keys", usual.keys(), 1, 1_000),
                number(
                        "value-bytes",
                        usual.maxValueBytes(),
                        WorkloadPlan.LEAST_VALUE_BYTES,
                        KeyspaceSettings.MAX_VALUE_BYTES),
                time("think", usual.think()),
                one("durability", Durability.class, usual.durability()));
        int nodes = number("nodes", Math.max(drawn.nodes(), given.containsKey("copies") ? copies : 1), 1, 100);
        return new RunConfig(
                drawn.seed(),
                nodes,
                workload,
                time("time", drawn.duration()),
                faults(drawn.faults(), Math.min(copies, nodes)),
                one("storage", StoreKind.class, drawn.store()),
                drawn.seams());
    }

    private FaultPlan faults(FaultPlan drawn, int copies) {
        boolean named = given.containsKey("faults");
        int minority = (copies - 1) / 2;
        return new FaultPlan(
                named ? namedFaults(given.get("faults")) : drawn.faults(),
                number("down", named ? Math.max(minority + 1, drawn.maxDown()) : drawn.maxDown(), 0, 100),
                number("damaged", named ? minority : Math.min(drawn.maxDamaged(), minority), 0, minority),
                time("pace", drawn.meanInterval()));
    }

    private Set<Fault> namedFaults(String text) {
        return switch (text) {
            case "all" -> EnumSet.allOf(Fault.class);
            case "none" -> EnumSet.noneOf(Fault.class);
            case "" -> throw bad("faults", "''", "all, none, or names of faults with commas between", null);
            default -> list("faults", Fault.class, Set.of());
        };
    }

    /** All options that make a run, whatever the drawing of its seed. */
    static String of(RunConfig run) {
        WorkloadPlan workload = run.workload();
        List<String> parts = new ArrayList<>();
        parts.add("--seed " + run.seed());
        parts.add("--nodes " + run.nodes());
        parts.add("--copies " + workload.copies());
        parts.add("--reads " + workload.reads());
        parts.add("--writes " + workload.writes());
        parts.add("--time " + run.duration().toMillis() + "ms");
        parts.add("--faults "
                + (run.faults().faults().isEmpty() ? "none" : names(run.faults().faults())));
        parts.add("--down " + run.faults().maxDown());
        parts.add("--damaged " + run.faults().maxDamaged());
        parts.add("--pace " + run.faults().meanInterval().toMillis() + "ms");
        parts.add("--storage " + name(run.store()));
        parts.add("--clients " + workload.clients());
        parts.add("--keys " + workload.keys());
        parts.add("--value-bytes " + workload.maxValueBytes());
        parts.add("--think " + workload.think().toMillis() + "ms");
        parts.add("--durability " + name(workload.durability()));
        parts.add("--modes " + names(workload.modes()));
        return String.join(" ", parts);
    }

    private int number(String name, int usual, int least, int most) {
        String text = given.get(name);
        if (text == null) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(name, text, "a whole number of " + least + " to " + most, e);
        }
        throw bad(name, text, "a whole number of " + least + " to " + most, null);
    }

    private Duration time(String name, Duration usual) {
        String text = given.get(name);
        if (text == null) {
            return usual;
        }
        String digits = text.replaceFirst("(ms|s|m|h)$", "");
        if (!digits.matches("[1-9][0-9]{0,8}") || digits.equals(text)) {
            throw bad(name, text, "a time such as 500ms, 30s, 10m or 2h", null);
        }
        long amount = Long.parseLong(digits);
        return switch (text.substring(digits.length())) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private <E extends Enum<E>> Set<E> list(String name, Class<E> type, Set<E> usual) {
        String text = given.get(name);
        if (text == null) {
            return usual;
        }
        return Arrays.stream(text.split(","))
                .map(constant(name, type))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
    }

    private <E extends Enum<E>> E one(String name, Class<E> type, E usual) {
        String text = given.get(name);
        return text == null ? usual : constant(name, type).apply(text);
    }

    private static <E extends Enum<E>> Function<String, E> constant(String name, Class<E> type) {
        Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(Arguments::name, constant -> constant, (a, b) -> a, TreeMap::new));
        return text -> {
            E found = constants.get(text);
            if (found == null) {
                throw bad(name, text, "one of " + String.join(", ", constants.keySet()), null);
            }
            return found;
        };
    }

    private static String names(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Arguments::name).collect(Collectors.joining(","));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static IllegalArgumentException bad(String name, String text, String mend, Exception cause) {
        return new IllegalArgumentException("--" + name + " " + text + ": give " + mend, cause);
    }
}
