package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.LogSegment;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class LogSegmentsTest {

    private final Random random = Seed.random("LogSegmentsTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final Directory root = SimulatedDirectory.top(disk);
    private final Removals log = new Removals();
    private final ValueFiles values = new ValueFiles(root.sub("values"), new BlockCodec(LZ4Factory.fastestInstance()));

    /** A log of which only removals are asked for. */
    private static final class Removals implements CommitLog {

        private final List<Long> removed = new ArrayList<>();
        private boolean isWithoutDescriptors;

        @Override
        public void remove(long segment) throws IOException {
            if (isWithoutDescriptors) {
                throw new ScarceException("too many open files", new IOException("of the test"));
            }
            removed.add(segment);
        }

        @Override
        public int maxBatchBytes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> segments() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String path(long segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<InputFile> open(long segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sync(long segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rewrite(long segment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LogSegment create(long segment) {
            throw new UnsupportedOperationException();
        }
    }

    /** The flush before it counts: what it wrote must not be taken for a failure, and be deleted. */
    @Test
    void withoutDescriptorsFlushedSegmentsStayForTheNextTime() throws IOException {
        LogSegments segments = new LogSegments(log, values);
        Manifest manifest = Manifest.read(root);
        segments.add(1, Map.of(), 100);
        segments.add(2, Map.of(), 100);
        log.isWithoutDescriptors = true;
        String lack = segments.removeFlushed(manifest).orElseThrow();
        assertTrue(lack.contains("too many open files"), lack);
        assertEquals(Set.of(1L, 2L), segments.numbers());
        assertEquals(200, segments.bytes());

        log.isWithoutDescriptors = false;
        assertTrue(segments.removeFlushed(manifest).isEmpty());
        assertEquals(List.of(2L, 1L), log.removed);
        assertEquals(Set.of(), segments.numbers());
        assertEquals(0, segments.bytes());
    }
}
