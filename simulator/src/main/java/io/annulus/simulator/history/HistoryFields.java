package io.annulus.simulator.history;

import java.util.Locale;

/**
 * Names in the lines of a history. Those of the general format come first; ours are left out by whoever does not know them:
 * seed and end of faults of the run, receipts of answers, whether an incident loses data, digests of records, and the
 * functions and mode of maps.
 */
final class HistoryFields {

    static final String TYPE = "type";
    static final String TIME = "time";
    static final String PROCESS = "process";
    static final String FUNCTION = "f";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String EXPECT = "expect";
    static final String VALUES = "values";
    static final String COUNT = "count";
    static final String CONTEXT = "ctx";
    static final String READS = "r";
    static final String WRITES = "w";
    static final String COPIES = "n";
    static final String SLOPPY = "sloppy";
    static final String MODE = "mode";
    static final String MODES = "modes";
    static final String GUARANTEES = "guarantees";
    static final String TIMESTAMP = "ts";
    static final String FINAL = "final";
    static final String REPLICA = "replica";
    static final String NODE = "node";
    static final String ERROR = "error";

    static final String SEED = "seed";
    static final String PEACE = "peace";
    static final String RECEIPT = "receipt";
    static final String GUARANTEE = "guarantee";
    static final String EPOCH = "epoch";
    static final String REQUIRED = "required";
    static final String RECEIVED = "received";
    static final String REPLICAS = "replicas";
    static final String ROLE = "role";
    static final String OUTCOME = "outcome";
    static final String DURABILITY = "durability";
    static final String LOSES_DATA = "loses_data";
    static final String DIGEST = "digest";

    private HistoryFields() {}

    static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    static String name(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    static String name(Promise promise) {
        return switch (promise) {
            case READ_YOUR_WRITES -> "ryw";
            case MONOTONIC_READS -> "mr";
            case MONOTONIC_WRITES -> "mw";
            case WRITES_FOLLOW_READS -> "wfr";
        };
    }
}
