package io.annulus.itests.mutants;

import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioning;
import io.annulus.itests.simulation.ForwardingVersioning;
import io.annulus.testkit.wiring.Seams;
import java.util.Optional;

/** Bugs in the making and opening of records. */
final class VersioningBugs {

    private static final byte[] NOTHING = new byte[0];

    private VersioningBugs() {}

    /** The coordinator ignores the client's context: nothing is ever replaced. */
    static Seams contextIgnored() {
        return Wrapped.versioning(real -> new ForwardingVersioning(real) {
            @Override
            public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
                return super.update(local, NOTHING, stamp, value);
            }
        });
    }

    /** The coordinator takes what it knows itself for what the client has seen: every put replaces all. */
    static Seams contextOfCoordinator() {
        return Wrapped.versioning(real -> new ForwardingVersioning(real) {
            @Override
            public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
                byte[] known = local.map(record -> view(record).context()).orElse(NOTHING);
                return super.update(local, joinContexts(context, known), stamp, value);
            }
        });
    }

    /** A delete is acknowledged and removes nothing. */
    static Seams deleteWithoutEffect() {
        return Wrapped.versioning(real -> new ForwardingVersioning(real) {
            @Override
            public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
                return super.update(local, value.isPresent() ? context : NOTHING, stamp, value);
            }
        });
    }

    /** The digest tells the length of a record and nothing else. */
    static Seams digestOfLength() {
        return Wrapped.versioning(real -> new ForwardingVersioning(real) {
            @Override
            public long digest(byte[] record) {
                return record.length;
            }
        });
    }

    /** Checksums are not looked at: the content of a record is taken for what it ought to be. */
    static Seams checksumIgnored() {
        return Wrapped.versioning(Unchecked::new);
    }

    private static final class Unchecked extends ForwardingVersioning {

        Unchecked(Versioning real) {
            super(real);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return real.join(Records.sealed(left), Records.sealed(right));
        }

        @Override
        public void verify(byte[] record) {
            real.verify(Records.sealed(record));
        }

        @Override
        public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
            return real.update(local.map(Records::sealed), context, stamp, value);
        }

        @Override
        public RecordView view(byte[] record) {
            return real.view(Records.sealed(record));
        }

        @Override
        public long digest(byte[] record) {
            return real.digest(Records.sealed(record));
        }
    }
}
