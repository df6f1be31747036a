package io.annulus.itests.mutants;

import io.annulus.api.Guarantee;
import io.annulus.api.Keyspace;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadOptions.Level;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.testkit.wiring.Seams;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Bugs in what a client is told. */
final class ReceiptBugs {

    private ReceiptBugs() {}

    /** Acknowledgements of stand-ins count toward an overlap. */
    static Seams sloppyAsOverlap() {
        return Wrapped.keyspace((node, real) -> new Writes(real) {
            @Override
            WriteResult result(WriteResult told) {
                Receipt receipt = told.receipt();
                return receipt.guarantee() == Guarantee.SLOPPY ? claiming(told, Guarantee.OVERLAP) : told;
            }
        });
    }

    /** The guarantee is taken from the plan: one owner is asked and an overlap is claimed. */
    static Seams guaranteeOfPlan() {
        return Wrapped.keyspace((node, real) -> new ForwardingKeyspace(real) {
            @Override
            public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
                return super.get(key, ReadOptions.one()).thenApply(told -> claiming(told, Guarantee.OVERLAP));
            }
        });
    }

    /** An overlap is claimed where W + R = N: the owners that are written and those that are read only just miss each other. */
    static Seams overlapAtCopies() {
        return Wrapped.keyspace((node, real) -> new Writes(real) {
            @Override
            WriteResult result(WriteResult told) {
                Receipt receipt = told.receipt();
                int owners = receipt.received() - receipt.standIns();
                return owners + settings().reads() >= receipt.copies() ? claiming(told, Guarantee.OVERLAP) : told;
            }
        });
    }

    /** An atomic read claims to be one without having written back what it found. */
    static Seams atomicWithoutWriteBack() {
        return Wrapped.keyspace((node, real) -> new ForwardingKeyspace(real) {
            @Override
            public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
                return options.level() == Level.ATOMIC
                        ? super.get(key, ReadOptions.quorum()).thenApply(told -> claiming(told, Guarantee.ATOMIC))
                        : super.get(key, options);
            }
        });
    }

    /** A write whose outcome is unknown is reported as one that was not applied. */
    static Seams timeoutAsFailure() {
        return Wrapped.keyspace((node, real) -> new Writes(real) {
            @Override
            Throwable failure(Throwable told) {
                return told instanceof OutcomeUnknownException unknown
                        ? new UnavailableException(unknown.getMessage(), unknown.receipt())
                        : told;
            }
        });
    }

    /** A write whose outcome is unknown ends with an exception that says nothing of its effect. */
    static Seams timeoutWithoutEffect() {
        return Wrapped.keyspace((node, real) -> new Writes(real) {
            @Override
            Throwable failure(Throwable told) {
                return told instanceof OutcomeUnknownException ? new IllegalStateException("late", told) : told;
            }
        });
    }

    private static WriteResult claiming(WriteResult told, Guarantee guarantee) {
        return new WriteResult(told.dot(), told.siblings(), told.context(), claiming(told.receipt(), guarantee));
    }

    private static ReadResult claiming(ReadResult told, Guarantee guarantee) {
        Receipt receipt = claiming(told.receipt(), guarantee);
        if (told instanceof ReadResult.Found found) {
            return new ReadResult.Found(found.siblings(), found.context(), receipt);
        }
        return told instanceof ReadResult.Tombstone tombstone
                ? new ReadResult.Tombstone(tombstone.context(), receipt)
                : new ReadResult.Absent(told.context(), receipt);
    }

    private static Receipt claiming(Receipt receipt, Guarantee guarantee) {
        return new Receipt(
                guarantee,
                receipt.ringEpoch(),
                receipt.copies(),
                receipt.required(),
                receipt.received(),
                receipt.replicas());
    }

    /** Changes what the client is told of its writes. */
    private abstract static class Writes extends ForwardingKeyspace {

        Writes(Keyspace real) {
            super(real);
        }

        WriteResult result(WriteResult told) {
            return told;
        }

        Throwable failure(Throwable told) {
            return told;
        }

        @Override
        public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
            return changed(super.put(key, value, options));
        }

        @Override
        public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
            return changed(super.delete(key, options));
        }

        private CompletionStage<WriteResult> changed(CompletionStage<WriteResult> stage) {
            return stage.handle((told, failed) -> {
                if (failed == null) {
                    return result(told);
                }
                throw new CompletionException(
                        failure(failed instanceof CompletionException ? failed.getCause() : failed));
            });
        }
    }
}
