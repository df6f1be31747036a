package io.annulus.storage.merge;

/** Reads records that lie in value files; any thread that may block. */
@FunctionalInterface
public interface ValueSource {

    /** Has no value: for tables that point nowhere. */
    ValueSource NONE = (place, pointer) -> {
        throw new IllegalStateException("no value files are known to read " + pointer + " from");
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
}
