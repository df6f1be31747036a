package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that once broke a promise, as {@code simulate} printed them, so that they stay the same when the drawing of runs
 * changes. Each names what was wrong.
 */
class RegressionSeedsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = REGRESSIONS)
    void keepsItsWordNow(String cause, String arguments) {
        Arguments options = new Arguments(arguments.split(" "));
        RunConfig config = options.apply(Drawing.of(options.seed().orElseThrow()));
        RunResult result = ClusterRun.of(config);
        assertEquals(List.of(), result.violations(), cause);
    }

    private static final String REGRESSIONS = """
            a version that the full log of its coordinator did not take was claimed as seen by the next \
            | --seed 55 --nodes 4 --copies 4 --reads 3 --writes 3 --time 1613ms \
            --faults stop,cut,isolate,rough-network,slow-disk,full-disk --down 3 --damaged 1 --pace 2000ms --storage lsm \
            --clients 4 --keys 3 --value-bytes 2048 --think 30ms --durability synced --modes register,siblings,lww
            the same, seen by receipts as well \
            | --seed 84 --nodes 5 --copies 3 --reads 2 --writes 2 --time 1406ms \
            --faults power-cut,kill,stop,cut,isolate,rough-network,slow-disk,full-disk --down 5 --damaged 1 --pace 600ms \
            --storage lsm --clients 3 --keys 2 --value-bytes 2048 --think 30ms --durability synced --modes register,siblings,lww
            two owners with full disks, one of them the coordinator, and the third gone: the copy of a stand-in stayed with it \
            | --seed 839119800708 --nodes 5 --copies 3 --reads 2 --writes 2 --time 9886ms \
            --faults power-cut,kill,stop,pause,cut,isolate,partition,slow-link,thin-link,rough-network,slow-disk,full-disk,\
            failed-sync,clock-jump,clock-drift,disk-replaced,disk-restored,flipped-bit,misdirected-write,lost-write,death \
            --down 2 --damaged 1 --pace 1500ms --storage lsm --clients 3 --keys 1 --value-bytes 16384 --think 30ms \
            --durability synced --modes register,siblings,lww
            """;
}
