package io.annulus.storage.quarantine;

import io.annulus.api.ring.Token;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is damaged, and what was made good; immutable. Kept in the manifest, since what a healed range hides must not come
 * back when the sorted table that was damaged is gone.
 *
 * @param damaged ranges that cannot be read, in the order in which they were found; at most 256 a file
 * @param healed ranges that were made good
 */
public record QuarantineState(List<DamagedRange> damaged, List<HealedRange> healed) {

    /** Nothing is damaged. */
    public static final QuarantineState NONE = new QuarantineState(List.of(), List.of());

    /** With more of them, a file counts as damaged from the first to the last. */
    static final int MOST_OF_A_FILE = 256;

    public QuarantineState {
        damaged = List.copyOf(damaged);
        healed = List.copyOf(healed);
    }

    /** With a range that was found damaged. */
    public QuarantineState with(DamagedRange found) {
        List<DamagedRange> same = damaged.stream().filter(found::isOfFileOf).toList();
        if (same.stream().anyMatch(known -> known.range().contains(found.range()))) {
            return this;
        }
        List<DamagedRange> all = new ArrayList<>(damaged);
        if (same.size() < MOST_OF_A_FILE) {
            all.add(found);
        } else {
            all.removeAll(same);
            all.add(same.stream().reduce(found, DamagedRange::spanning));
        }
        return new QuarantineState(all, healed);
    }

    /** With ranges that were made good. */
    public QuarantineState withHealed(List<HealedRange> more) {
        List<HealedRange> all = new ArrayList<>(healed);
        all.addAll(more);
        return new QuarantineState(damaged, all);
    }

    /** Without what does not pass. */
    public QuarantineState kept(Predicate<DamagedRange> isDamaged, Predicate<HealedRange> isNeeded) {
        return new QuarantineState(
                damaged.stream().filter(isDamaged).toList(),
                healed.stream().filter(isNeeded).toList());
    }

    /** The healed ranges of a table. */
    public Healed healedOf(int table) {
        if (healed.isEmpty()) {
            return Healed.NONE;
        }
        List<HealedRange> ofTable =
                healed.stream().filter(range -> range.table() == table).toList();
        return ofTable.isEmpty() ? Healed.NONE : new Healed(ofTable);
    }

    /** What of the damage is not healed, in parts. */
    public List<DamagedRange> open() {
        List<DamagedRange> open = new ArrayList<>();
        for (DamagedRange found : damaged) {
            TokenRanges hidden = healedOf(found.table()).hiddenIn(found.sequence());
            hidden.missingOf(found.range()).forEach(part -> open.add(found.part(part)));
        }
        return open;
    }

    /** Appends it; the format is in the description of the manifest's package. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(damaged.size());
        for (DamagedRange range : damaged) {
            byte[] cause = range.cause().getBytes(StandardCharsets.UTF_8);
            out.writeInt(range.table());
            out.writeLong(range.file());
            write(range.range(), out);
            out.writeLong(range.sequence());
            out.writeInt(cause.length);
            out.write(cause);
        }
        out.writeInt(healed.size());
        for (HealedRange range : healed) {
            out.writeInt(range.table());
            write(range.range(), out);
            out.writeLong(range.sequence());
        }
    }

    /** Reads one; an exception says that it is none. */
    public static QuarantineState read(ByteBuffer from) {
        List<DamagedRange> damaged = new ArrayList<>();
        for (int left = from.getInt(); left > 0; left--) {
            damaged.add(
                    new DamagedRange(from.getInt(), from.getLong(), readRange(from), from.getLong(), readText(from)));
        }
        List<HealedRange> healed = new ArrayList<>();
        for (int left = from.getInt(); left > 0; left--) {
            healed.add(new HealedRange(from.getInt(), readRange(from), from.getLong()));
        }
        return new QuarantineState(damaged, healed);
    }

    private static void write(TokenRange range, DataOutputStream out) throws IOException {
        out.writeLong(range.from().high());
        out.writeLong(range.from().low());
        out.writeLong(range.to().high());
        out.writeLong(range.to().low());
    }

    private static TokenRange readRange(ByteBuffer from) {
        return new TokenRange(new Token(from.getLong(), from.getLong()), new Token(from.getLong(), from.getLong()));
    }

    private static String readText(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException(length + " bytes of text in " + from.remaining());
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
