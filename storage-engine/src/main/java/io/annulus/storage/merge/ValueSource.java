package io.annulus.storage.merge;

/** Reads records that lie in value files; any thread that may block. */
public interface ValueSource {

    /** Has no value: for tables that point nowhere. */
    ValueSource NONE = new ValueSource() {
        @Override
        public byte[] read(EntryKey place, ValuePointer pointer) {
            throw new IllegalStateException("no value files are known to read " + pointer + " from");
        }

        @Override
        public <T> T use(EntryKey place, ValuePointer pointer, RecordUse<T> use) {
            return use.use(read(place, pointer), 0, 0);
        }
    };

    /**
     * Reads and checks a record.
     *
     * @param place whose record it is
     * @throws io.annulus.api.storage.CorruptDataException when it is damaged or not of that place
     * @throws ValueGoneException when its file was deleted, which cannot be while the table that points
     *     there is held
     */
    byte[] read(EntryKey place, ValuePointer pointer);

    /** As {@link #read}, without a copy, and for one who may read it again soon. */
    <T> T use(EntryKey place, ValuePointer pointer, RecordUse<T> use);
}
