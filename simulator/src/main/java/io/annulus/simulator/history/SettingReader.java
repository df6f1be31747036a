package io.annulus.simulator.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what holds for the whole run from its lines: meta, and what the operations tell of their keys. Used once. */
final class SettingReader {

    /** Promises for registers that follow from levels and modes here. */
    private static final Set<String> IMPLIED = Set.of("quorum", "overwritten");

    private static final Set<Function> OF_COUNTERS = EnumSet.of(Function.ADD, Function.COUNT);
    private static final Set<Function> OF_SETS = EnumSet.of(Function.SADD, Function.SREM, Function.SMEMBERS);

    private long seed;
    private long peaceNanos = Long.MAX_VALUE;
    private Mode mode = Mode.SIBLINGS;
    private final Map<String, Mode> modes = new LinkedHashMap<>();
    private final Set<Promise> promises = EnumSet.noneOf(Promise.class);
    private final Set<String> keys = new TreeSet<>();
    private final Map<String, Mode> chosen = new TreeMap<>();
    private final Map<String, Mode> implied = new TreeMap<>();
    private HistoryLine levels = HistoryLine.parse("{}");

    void meta(HistoryLine line) {
        line.any(HistoryFields.MODE).ifPresent(name -> mode = mode(name));
        line.object(HistoryFields.MODES)
                .ifPresent(given -> given.names().forEach(prefix -> modes.put(prefix, mode(given.text(prefix)))));
        for (Object name : line.list(HistoryFields.GUARANTEES)) {
            if (!IMPLIED.contains(name)) {
                promises.add(promise(name));
            }
        }
        seed = line.numberIfAny(HistoryFields.SEED).orElse(seed);
        peaceNanos = line.numberIfAny(HistoryFields.PEACE).orElse(peaceNanos);
        levels = levels.with(line);
    }

    /** A key is used; its first mode counts. */
    void used(String key, Function function, Optional<String> ownMode) {
        keys.add(key);
        ownMode.ifPresent(name -> chosen.putIfAbsent(key, mode(name)));
        if (OF_COUNTERS.contains(function)) {
            implied.putIfAbsent(key, Mode.COUNTER);
        } else if (OF_SETS.contains(function)) {
            implied.putIfAbsent(key, Mode.SET);
        }
    }

    /** A replica's end state of a key. */
    void ended(String key, boolean count) {
        keys.add(key);
        if (count) {
            implied.putIfAbsent(key, Mode.COUNTER);
        }
    }

    /** The level of an operation: its own fields, else the latest of meta; a sloppy one when no numbers are given. */
    Level level(HistoryLine line, Function function) {
        HistoryLine all = levels.with(line);
        OptionalLong replicas = all.numberIfAny(function.isWrite() ? HistoryFields.WRITES : HistoryFields.READS);
        OptionalLong copies = all.numberIfAny(HistoryFields.COPIES);
        if (replicas.isEmpty() || copies.isEmpty()) {
            return new Level(Math.toIntExact(copies.orElse(1)), 1, true);
        }
        return new Level(
                Math.toIntExact(copies.getAsLong()),
                Math.toIntExact(replicas.getAsLong()),
                all.flag(HistoryFields.SLOPPY).orElse(false));
    }

    Setting setting() {
        Map<String, Mode> all = reachable();
        // A key's own mode is a prefix too, and must not become that of longer keys; so these are settled after it.
        List<String> shortestFirst = new ArrayList<>(keys);
        shortestFirst.sort(Comparator.comparingInt(String::length));
        for (String key : shortestFirst) {
            Mode wanted = modeOf(key);
            if (new Setting(seed, mode, all, promises, peaceNanos).modeOf(key) != wanted) {
                all.put(key, wanted);
            }
        }
        return new Setting(seed, mode, all, promises, peaceNanos);
    }

    /** In a file the first prefix that fits counts, in a setting the longest: a later, longer one is never reached. */
    private Map<String, Mode> reachable() {
        Map<String, Mode> reached = new TreeMap<>();
        modes.forEach((prefix, given) -> {
            if (reached.keySet().stream().noneMatch(prefix::startsWith)) {
                reached.put(prefix, given);
            }
        });
        return reached;
    }

    private Mode modeOf(String key) {
        if (chosen.containsKey(key)) {
            return chosen.get(key);
        }
        return modes.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(implied.getOrDefault(key, mode));
    }

    private static Mode mode(String name) {
        for (Mode mode : Mode.values()) {
            if (HistoryFields.name(mode).equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown mode '" + name + "'");
    }

    private static Promise promise(Object name) {
        for (Promise promise : Promise.values()) {
            if (HistoryFields.name(promise).equals(name)) {
                return promise;
            }
        }
        throw new IllegalArgumentException("unknown guarantee '" + name + "'; use ryw, mr, mw or wfr");
    }
}
