package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Answer.Ending;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Incident;
import io.annulus.simulator.history.Invocation;
import io.annulus.simulator.history.Level;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.Promise;
import io.annulus.simulator.history.ReplicaState;
import io.annulus.simulator.history.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A history written by hand, one line an operation: process, function, key, what is asked, interval, ending, what is told.
 *
 * <pre>
 * c1 put k v1 0..10 ok ctx=A
 * c1 put k v2 ctx=A n=3 w=2 sloppy 20..30 info
 * c2 cas k v1&gt;v2 40..50 fail mismatch       none&gt;v2: when there is nothing; open instead of info: no answer
 * c3 get k r=2 at=n1 last 60..70 ok v1,v2 ctx=B OVERLAP by=n1,n2       none: no values
 * c3 count k 80..90 ok 7                   add k -3
 * c4 mput m f=v 0..10 ok                   mentries: ok f=v,g=w
 * mode lww | mode k register | promise READ_YOUR_WRITES | peace 100 | incident 50 wipe n1 loses
 * state n1 k v1,v2 digest=5                state n1 k count=7
 * </pre>
 *
 * <p>A guarantee's name gives the answer a receipt of N copies, R or W required, acknowledged by the owners n1 and n2 unless
 * {@code by} names others (a name that ends in ! is a stand-in). Lines may come in any order; a # begins a remark.
 */
final class HistoryScript {

    private static final List<String> ENDINGS = List.of("ok", "fail", "info", "open");

    private Mode mode;
    private final Map<String, Mode> modes = new TreeMap<>();
    private final Set<Promise> promises = new TreeSet<>();
    private long peaceNanos = Long.MAX_VALUE;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<ReplicaState> finals = new ArrayList<>();

    private HistoryScript(Mode mode) {
        this.mode = mode;
    }

    /** The history that the lines tell, of keys of one mode. */
    static History of(Mode mode, String lines) {
        HistoryScript script = new HistoryScript(mode);
        for (String line : lines.split("\n")) {
            String text = line.replaceAll("#.*", "").strip();
            if (!text.isEmpty()) {
                script.line(text, text.split("\\s+"));
            }
        }
        script.operations.sort(Comparator.comparingLong(Operation::startNanos));
        List<Operation> numbered = new ArrayList<>();
        for (Operation operation : script.operations) {
            numbered.add(new Operation(numbered.size(), operation.invocation(), operation.answer()));
        }
        Setting setting = new Setting(0, script.mode, script.modes, script.promises, script.peaceNanos);
        return new History(setting, numbered, script.incidents, script.finals);
    }

    private void line(String text, String[] words) {
        switch (words[0]) {
            case "mode" -> mode(words);
            case "promise" -> promises.add(Promise.valueOf(words[1]));
            case "peace" -> peaceNanos = Long.parseLong(words[1]);
            case "incident" ->
                incidents.add(new Incident(Long.parseLong(words[1]), words[2], words[3], words.length > 4));
            case "state" -> finals.add(state(words));
            default -> operations.add(operation(text, words));
        }
    }

    private void mode(String[] words) {
        if (words.length == 2) {
            mode = Mode.valueOf(words[1].toUpperCase(Locale.ROOT));
        } else {
            modes.put(words[1], Mode.valueOf(words[2].toUpperCase(Locale.ROOT)));
        }
    }

    private static ReplicaState state(String[] words) {
        List<String> values = List.of();
        OptionalLong count = OptionalLong.empty();
        long digest = 0;
        for (String word : Arrays.asList(words).subList(3, words.length)) {
            if (word.startsWith("digest=")) {
                digest = Long.parseLong(word.substring(7));
            } else if (word.startsWith("count=")) {
                count = OptionalLong.of(Long.parseLong(word.substring(6)));
            } else {
                values = values(word);
            }
        }
        return new ReplicaState(words[1], words[2], values, count, digest);
    }

    private static Operation operation(String text, String[] words) {
        int interval = 3;
        while (interval < words.length && !words[interval].matches("-?\\d+\\.\\.\\d*")) {
            interval++;
        }
        if (interval > words.length - 2 || !ENDINGS.contains(words[interval + 1])) {
            throw new IllegalArgumentException("no operation: '" + text + "'; write 'c1 put k v1 0..10 ok'");
        }
        String[] times = words[interval].split("\\.\\.");
        Words asked = new Words(List.of(words).subList(3, interval));
        Words told = new Words(List.of(words).subList(interval + 2, words.length));
        Function function = Function.valueOf(words[1].toUpperCase(Locale.ROOT));
        Invocation invocation = invocation(words, function, Long.parseLong(times[0]), asked);
        Optional<Answer> answer = Optional.empty();
        if (!words[interval + 1].equals("open")) {
            Ending ending = Ending.valueOf(words[interval + 1].toUpperCase(Locale.ROOT));
            answer = Optional.of(answer(invocation, Long.parseLong(times[1]), ending, told));
        }
        return new Operation(0, invocation, answer);
    }

    private static Invocation invocation(String[] words, Function function, long nanos, Words asked) {
        boolean sloppy = asked.flag("sloppy");
        boolean last = asked.flag("last");
        String replicas = asked.option("r=").or(() -> asked.option("w=")).orElse("2");
        int copies = Integer.parseInt(asked.option("n=").orElse("3"));
        String node = asked.option("at=").orElse("n1");
        String context = asked.option("ctx=").orElse("");
        Optional<String> value = asked.rest();
        Optional<String> expect = Optional.empty();
        if (function == Function.CAS) {
            String[] both = value.orElseThrow().split(">");
            expect = both[0].equals("none") ? Optional.empty() : Optional.of(both[0]);
            value = Optional.of(both[1]);
        }
        Level level = new Level(copies, Integer.parseInt(replicas), sloppy);
        return new Invocation(nanos, words[0], node, function, words[2], value, expect, context, level, last);
    }

    private static Answer answer(Invocation invocation, long nanos, Ending ending, Words told) {
        String context = told.option("ctx=").orElse("");
        Optional<String> timestamp = told.option("ts=");
        List<String> by = values(told.option("by=").orElse("n1,n2"));
        Optional<Receipt> receipt = Arrays.stream(Guarantee.values())
                .filter(guarantee -> told.flag(guarantee.name()))
                .map(guarantee -> receipt(guarantee, invocation.level(), by))
                .findFirst();
        String rest = told.rest().orElse("none");
        boolean count = invocation.function() == Function.COUNT && ending == Ending.OK;
        return new Answer(
                nanos,
                ending,
                ending == Ending.OK && !count ? values(rest) : List.of(),
                count ? OptionalLong.of(Long.parseLong(rest)) : OptionalLong.empty(),
                timestamp.map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
                context,
                receipt,
                ending == Ending.OK ? "" : rest);
    }

    private static Receipt receipt(Guarantee guarantee, Level level, List<String> by) {
        List<ReplicaAnswer> replicas = by.stream()
                .map(node -> new ReplicaAnswer(
                        node.replace("!", ""),
                        node.endsWith("!") ? ReplicaAnswer.Role.STAND_IN : ReplicaAnswer.Role.OWNER,
                        ReplicaAnswer.Outcome.ACKNOWLEDGED,
                        ""))
                .toList();
        return new Receipt(guarantee, 1, level.copies(), level.replicas(), replicas.size(), replicas);
    }

    private static List<String> values(String list) {
        return list.equals("none") ? List.of() : List.of(list.split(","));
    }

    /** Words of one side of an operation, taken one by one until one at most is left. */
    private static final class Words {
        private final List<String> left;

        Words(List<String> words) {
            this.left = new ArrayList<>(words);
        }

        boolean flag(String name) {
            return left.remove(name);
        }

        Optional<String> option(String prefix) {
            Optional<String> found =
                    left.stream().filter(word -> word.startsWith(prefix)).findFirst();
            found.ifPresent(left::remove);
            return found.map(word -> word.substring(prefix.length()));
        }

        Optional<String> rest() {
            if (left.size() > 1) {
                throw new IllegalArgumentException("one value at most, and not " + left);
            }
            return left.stream().findFirst();
        }
    }
}
