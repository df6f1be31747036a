package io.annulus.storage.compaction;

import io.annulus.api.ring.Token;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.MergeCursor;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.sstable.SSTableWriter;
import io.annulus.storage.value.ValueSink;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One merge of sorted tables into shards, a step at a time; changes nothing that is read. One thread at a time; the steps may be
 * on different threads.
 */
public final class Compaction implements Closeable {

    private final List<SSTable> inputs;
    private final Outputs target;
    private final RecordJoin join;
    private final Purge purge;
    private final List<ShardCuts.Shard> shards;
    private final List<SSTableInfo> outputs = new ArrayList<>();
    private final double inputBytes;
    private Optional<MergeCursor> merged = Optional.empty();
    private Optional<OutputFile> file = Optional.empty();
    private Optional<ValueSink> values = Optional.empty();
    private SSTableWriter writer;
    private String name = "";
    private int shard;

    /**
     * A merge.
     *
     * @param inputs newest first, retained by the caller for as long as it runs
     * @param target where the shards go
     * @param join joins two records of one key
     * @param purge what is left out
     * @param shardBytes about how large a shard may become
     */
    public Compaction(List<SSTable> inputs, Outputs target, RecordJoin join, Purge purge, long shardBytes) {
        this.inputs = List.copyOf(inputs);
        this.target = target;
        this.join = join;
        this.purge = purge;
        this.shards = ShardCuts.of(shardBytes, this::bytesBetween);
        this.inputBytes = bytesBetween(Arc.ALL.first(), Arc.ALL.last());
    }

    /** What it merges, newest first. */
    public List<SSTable> inputs() {
        return inputs;
    }

    /** The shards that are finished; their files are synced, their directory is not. */
    public List<SSTableInfo> outputs() {
        return List.copyOf(outputs);
    }

    /** Entries of all inputs. */
    public long inputEntries() {
        return inputs.stream().mapToLong(input -> input.info().entries()).sum();
    }

    /** How many of them were taken in. */
    public long taken() {
        return merged.map(MergeCursor::taken).orElse(0L);
    }

    /**
     * Merges about so many bytes more; true when nothing is left.
     *
     * @throws io.annulus.api.storage.CorruptDataException when an input is damaged
     * @throws io.annulus.api.version.CorruptRecordException when a record in an input is damaged
     */
    public boolean advance(long bytes) throws IOException {
        if (merged.isEmpty()) {
            merged = Optional.of(begin());
        }
        MergeCursor entries = merged.get();
        for (long taken = 0; taken < bytes; ) {
            if (!entries.next()) {
                endShard();
                return true;
            }
            taken += take(entries.entry());
        }
        return false;
    }

    /** Gives up the shard that is not finished, and deletes its files. Twice is as good as once. */
    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            closeShard();
            target.directory().delete(name);
        }
    }

    private MergeCursor begin() throws IOException {
        List<EntryCursor> cursors = new ArrayList<>();
        for (SSTable input : inputs) {
            cursors.add(new CheckedInput(input, join));
        }
        return new MergeCursor(cursors, join);
    }

    private long take(StoredEntry entry) throws IOException {
        // A pointer moves on without its record, which is checked whenever it is read.
        if (entry.kind().hasRecord() && entry.isInMemory()) {
            join.verify(entry.record());
        }
        Optional<StoredEntry> kept = purge.kept(entry);
        if (kept.isPresent()) {
            Token token = entry.place().token();
            if (shard < shards.size() - 1 && token.compareTo(shards.get(shard).last()) > 0) {
                endShard();
                while (shard < shards.size() - 1
                        && token.compareTo(shards.get(shard).last()) > 0) {
                    shard++;
                }
            }
            if (file.isEmpty()) {
                beginShard();
            }
            writer.add(values.orElseThrow().placed(kept.get()));
        }
        return entry.place().key().length + (long) entry.storedBytes();
    }

    private void beginShard() throws IOException {
        SSTableSpec spec = spec();
        name = SSTableInfo.fileName(spec.number());
        OutputFile created = target.directory().create(name);
        file = Optional.of(created);
        values = Optional.of(target.values().apply(spec));
        writer = new SSTableWriter(spec, created, target.codec());
    }

    private void endShard() throws IOException {
        if (file.isPresent()) {
            SSTableInfo finished = writer.finish(mostRank());
            values.orElseThrow().finish();
            closeShard();
            outputs.add(finished);
        }
    }

    /** What is joined is one of the joined. */
    private long mostRank() {
        return inputs.stream().mapToLong(SSTable::mostRank).max().orElse(SSTable.ANY_RANK);
    }

    private void closeShard() throws IOException {
        Optional<OutputFile> open = file;
        Optional<ValueSink> sink = values;
        file = Optional.empty();
        values = Optional.empty();
        if (sink.isPresent()) {
            sink.get().close();
        }
        if (open.isPresent()) {
            open.get().close();
        }
    }

    private SSTableSpec spec() {
        long entries = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        for (SSTable input : inputs) {
            entries += input.info().entries();
            first = Math.min(first, input.info().firstSequence());
            last = Math.max(last, input.info().lastSequence());
        }
        // Tokens are spread evenly, so that a shard has its share of the entries; some more cost the filter little.
        double share =
                inputBytes > 0 && shards.size() > 1 ? 1.05 * shards.get(shard).bytes() / inputBytes : 1;
        long most = Math.max(1, (long) Math.ceil(Math.min(1, share) * entries));
        return new SSTableSpec(
                target.fileNumbers().getAsLong(),
                target.table(),
                target.tableName(),
                target.layout(),
                most,
                first,
                last);
    }

    private double bytesBetween(Token from, Token to) {
        double bytes = 0;
        for (SSTable input : inputs) {
            bytes += input.bytesBetween(from, to);
        }
        return bytes;
    }
}
