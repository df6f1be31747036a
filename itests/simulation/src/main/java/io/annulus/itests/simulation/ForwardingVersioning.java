package io.annulus.itests.simulation;

import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioning;
import java.util.Optional;

/** Versioning that passes everything on; who listens in, or plants a bug, overrides a method. */
public abstract class ForwardingVersioning implements Versioning {

    /** What is called unless a method is overridden. */
    protected final Versioning real;

    /** Passes on to this one. */
    protected ForwardingVersioning(Versioning real) {
        this.real = real;
    }

    @Override
    public byte[] join(byte[] left, byte[] right) {
        return real.join(left, right);
    }

    @Override
    public void verify(byte[] record) {
        real.verify(record);
    }

    @Override
    public long rank(byte[] record) {
        return real.rank(record);
    }

    @Override
    public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
        return real.update(local, context, stamp, value);
    }

    @Override
    public byte[] delta(byte[] context, Stamp stamp, Optional<byte[]> value) {
        return real.delta(context, stamp, value);
    }

    @Override
    public byte[] register(Stamp stamp, Optional<byte[]> value) {
        return real.register(stamp, value);
    }

    @Override
    public RecordView view(byte[] record) {
        return real.view(record);
    }

    @Override
    public byte[] withoutExpired(byte[] record, long nowMillis) {
        return real.withoutExpired(record, nowMillis);
    }

    @Override
    public long digest(byte[] record) {
        return real.digest(record);
    }

    @Override
    public final byte[] joinContexts(byte[] left, byte[] right) {
        return real.joinContexts(left, right);
    }

    @Override
    public final void verifyContext(byte[] context) {
        real.verifyContext(context);
    }
}
