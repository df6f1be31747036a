package io.annulus.itests.mutants;

import io.annulus.api.version.RecordKind;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Versioning;
import io.annulus.itests.simulation.ForwardingVersioning;
import io.annulus.testkit.wiring.Seams;
import java.util.Arrays;

/** Bugs in the join of two records. */
final class JoinBugs {

    private JoinBugs() {}

    /** Joining a record with itself takes its values for ones that were replaced. */
    static Seams notIdempotent() {
        return Wrapped.versioning(NotIdempotent::new);
    }

    /** Of two records of a causal keyspace the later one wins, whatever the earlier had that it has not seen. */
    static Seams keepsOneSide() {
        return Wrapped.versioning(KeepsOneSide::new);
    }

    /** The join forgets what both had seen but for the values that are alive. */
    static Seams dropsContext() {
        return Wrapped.versioning(DropsContext::new);
    }

    /** A tombstone of a last-write-wins key yields to any value. */
    static Seams tombstoneYields() {
        return Wrapped.versioning(TombstoneYields::new);
    }

    private static final class NotIdempotent extends ForwardingVersioning {

        NotIdempotent(Versioning real) {
            super(real);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return Arrays.equals(left, right) ? Records.without(real, left, sibling -> true) : real.join(left, right);
        }
    }

    private static final class KeepsOneSide extends ForwardingVersioning {

        KeepsOneSide(Versioning real) {
            super(real);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            int order = Long.compareUnsigned(view(left).timestamp(), view(right).timestamp());
            return (order == 0 ? Arrays.compareUnsigned(left, right) : order) >= 0 ? left : right;
        }
    }

    private static final class DropsContext extends ForwardingVersioning {

        DropsContext(Versioning real) {
            super(real);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            byte[] joined = real.join(left, right);
            RecordView view = view(joined);
            return view.kind() == RecordKind.CAUSAL ? Records.of(real, view.siblings()) : joined;
        }
    }

    private static final class TombstoneYields extends ForwardingVersioning {

        TombstoneYields(Versioning real) {
            super(real);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            boolean leftLives = !view(left).siblings().isEmpty();
            boolean rightLives = !view(right).siblings().isEmpty();
            if (leftLives == rightLives) {
                return real.join(left, right);
            }
            return leftLives ? left : right;
        }
    }
}
