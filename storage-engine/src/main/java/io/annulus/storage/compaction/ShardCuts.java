package io.annulus.storage.compaction;

import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Where a run is cut into shards: an arc that is to hold more than a table should is halved, again and again, so that the cuts of
 * all runs lie where others are or between them, wherever the tokens of a node may lie. Pure.
 */
public final class ShardCuts {

    private ShardCuts() {}

    /** A shard: its first token and its last, and about how many bytes come to lie in it. */
    public record Shard(Token first, Token last, double bytes) {}

    /**
     * The shards of a run that hold something, by token.
     *
     * @param mostBytes that a shard should hold in a run that is as dense as that over the whole circle; denser runs have larger
     *     shards, by the cubic root, so that there are not too many of them (CEP-26, sstable_growth)
     * @param bytes about how many lie from a token to another, both included
     */
    public static List<Shard> of(long mostBytes, ToDoubleBiFunction<Token, Token> bytes) {
        List<Shard> shards = new ArrayList<>();
        cut(Arc.ALL, mostBytes, bytes, shards);
        return shards;
    }

    private static void cut(Arc arc, long mostBytes, ToDoubleBiFunction<Token, Token> bytes, List<Shard> shards) {
        double here = bytes.applyAsDouble(arc.first(), arc.last());
        double density = here / arc.share();
        double most = mostBytes * Math.cbrt(Math.max(1, density / mostBytes));
        if (here > most && arc.bits() < Arc.MOST_BITS) {
            cut(arc.lowerHalf(), mostBytes, bytes, shards);
            cut(arc.upperHalf(), mostBytes, bytes, shards);
        } else if (here > 0) {
            shards.add(new Shard(arc.first(), arc.last(), here));
        }
    }
}
