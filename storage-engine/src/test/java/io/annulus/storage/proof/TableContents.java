package io.annulus.storage.proof;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.storage.merge.EntryKey;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a whole table by scans. */
public final class TableContents {

    private static final int PAGE = 200;

    /** Asks for one page and waits for it in the test's own way. */
    @FunctionalInterface
    public interface Caller {
        List<Entry> call(Page page);
    }

    /** One scan. */
    @FunctionalInterface
    public interface Page {
        void scan(Completion<List<Entry>> completion);
    }

    private TableContents() {}

    /** All its rows; the caller asks for pages. */
    public static NavigableMap<EntryKey, byte[]> of(Table table, Caller caller) {
        NavigableMap<EntryKey, byte[]> rows = new TreeMap<>();
        Token from = new Token(0, 0);
        Optional<byte[]> after = Optional.empty();
        while (true) {
            Token first = from;
            Optional<byte[]> skipped = after;
            List<Entry> page =
                    caller.call(completion -> table.scan(first, new Token(-1, -1), skipped, PAGE, completion));
            page.forEach(entry -> rows.put(new EntryKey(entry.token(), entry.key()), entry.record()));
            if (page.size() < PAGE) {
                return rows;
            }
            from = page.get(PAGE - 1).token();
            after = Optional.of(page.get(PAGE - 1).key());
        }
    }
}
