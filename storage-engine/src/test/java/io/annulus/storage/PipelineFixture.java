package io.annulus.storage;

/** What tests of the way of a write have in common. */
final class PipelineFixture {

    private PipelineFixture() {}

    /** Bounds that nothing meets but the size of memtables. */
    static EngineConfig config(long memtableBytes) {
        return new EngineConfig(
                memtableBytes,
                1L << 50,
                1 << 20,
                1000,
                1000,
                0,
                0,
                EngineConfig.SEPARATE_BYTES,
                EngineConfig.DIRECT_BYTES,
                new CompactionConfig(1, 1 << 20, 0));
    }

    /** Fails the test at whatever an operator would be told. */
    static EngineEvents failingEvents() {
        return new EngineEvents() {
            @Override
            public void fenced(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void compactionStopped(String of, Throwable cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
