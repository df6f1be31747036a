package io.annulus.benchmarks.loader;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the loader is asked to do.
 *
 * @param input a text file, or a directory of {@code *.list} files
 * @param state an empty or new directory for the data of the nodes
 * @param nodes number of nodes, 1 to 9
 * @param inFlight operations on their way at a time
 * @param kill whether the last node is killed after a third of the lines and started again after two thirds
 */
record LoaderOptions(Path input, Path state, int nodes, int inFlight, boolean kill) {

    static final String USAGE = "usage: Loader --input FILE|DIRECTORY [--state DIRECTORY] [--nodes 3] [--in-flight 64]"
            + " [--kill]\n  the directory's *.list files are read; --kill kills the last node in the middle and starts it again";

    static LoaderOptions parse(String[] arguments) {
        Optional<Path> input = Optional.empty();
        Path state = Path.of("target", "loader-state");
        int nodes = 3;
        int inFlight = 64;
        boolean kill = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--kill" -> kill = true;
                case "--input" -> input = Optional.of(Path.of(next(arguments, ++i, argument)));
                case "--state" -> state = Path.of(next(arguments, ++i, argument));
                case "--nodes" -> nodes = number(next(arguments, ++i, argument), argument, 9);
                case "--in-flight" -> inFlight = number(next(arguments, ++i, argument), argument, 4096);
                default -> throw new IllegalArgumentException("'" + argument + "' is no option\n" + USAGE);
            }
        }
        if (kill && nodes < 3) {
            throw new IllegalArgumentException(
                    "--kill with --nodes " + nodes + " leaves no two nodes to write to; set 3 or more\n" + USAGE);
        }
        Path lines = input.orElseThrow(() -> new IllegalArgumentException("--input is missing\n" + USAGE));
        return new LoaderOptions(lines, state.toAbsolutePath().normalize(), nodes, inFlight, kill);
    }

    private static String next(String[] arguments, int index, String option) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        }
        return arguments[index];
    }

    private static int number(String text, String option, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + text + " is not 1 to " + most, e);
        }
        throw new IllegalArgumentException(option + " " + text + " is not 1 to " + most);
    }
}
