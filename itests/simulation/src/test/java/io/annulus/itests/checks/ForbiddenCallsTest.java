package io.annulus.itests.checks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.thetaphi.forbiddenapis.Checker;
import de.thetaphi.forbiddenapis.ForbiddenApiException;
import de.thetaphi.forbiddenapis.Logger;
import io.annulus.itests.checks.planted.Clean;
import io.annulus.itests.checks.planted.DrawsRandom;
import io.annulus.itests.checks.planted.OpensFile;
import io.annulus.itests.checks.planted.OpensSocket;
import io.annulus.itests.checks.planted.ReadsClock;
import io.annulus.itests.checks.planted.StartsThread;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of calls that cores must not make finds each kind of them. */
class ForbiddenCallsTest {
    private static final Path SIGNATURES = Path.of(System.getProperty("annulus.checks"), "forbidden.txt");

    private final Lines log = new Lines();

    @ParameterizedTest
    @CsvSource({
        "Clocks, ReadsClock",
        "Threads, StartsThread",
        "Randomness, DrawsRandom",
        "Files, OpensFile",
        "Sockets, OpensSocket"
    })
    void plantedViolationIsFound(String rule, String simpleName) throws Exception {
        Class<?> planted = Class.forName(Clean.class.getPackageName() + "." + simpleName);

        assertThrows(ForbiddenApiException.class, () -> check(planted));

        assertTrue(log.errors.stream().anyMatch(line -> line.contains("[" + rule)), () -> rule + " in " + log.errors);
    }

    @Test
    void cleanClassPasses() {
        assertDoesNotThrow(() -> check(Clean.class));
    }

    @Test
    void eachPlantedClassBreaksOneRuleOnly() throws Exception {
        for (Class<?> planted :
                List.of(ReadsClock.class, StartsThread.class, DrawsRandom.class, OpensFile.class, OpensSocket.class)) {
            log.errors.clear();
            assertThrows(ForbiddenApiException.class, () -> check(planted));
            long rules = log.errors.stream()
                    .filter(line -> line.contains("["))
                    .map(line -> line.substring(line.indexOf('[')))
                    .distinct()
                    .count();
            assertTrue(rules == 1, () -> planted + ": " + log.errors);
        }
    }

    private void check(Class<?> type) throws Exception {
        Checker checker = new Checker(log, type.getClassLoader(), Checker.Option.FAIL_ON_VIOLATION);
        checker.parseSignaturesFile(SIGNATURES.toFile());
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream bytecode = type.getResourceAsStream(resource)) {
            checker.streamReadClassToCheck(bytecode, type.getName());
        }
        checker.run();
    }

    /** Keeps what the checker reports. */
    private static final class Lines implements Logger {
        private final List<String> errors = new ArrayList<>();

        @Override
        public void error(String message) {
            errors.add(message);
        }

        @Override
        public void warn(String message) {
            // The verdict is in the errors.
        }

        @Override
        public void info(String message) {
            // The verdict is in the errors.
        }

        @Override
        public void debug(String message) {
            // The verdict is in the errors.
        }
    }
}
