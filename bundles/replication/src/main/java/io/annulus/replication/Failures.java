package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.LimitExceededException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.version.CorruptRecordException;

/** Turns what went wrong inside this node, before any effect, into the errors of the api. */
final class Failures {

    private Failures() {}

    static AnnulusException notApplied(Throwable cause, Receipt receipt) {
        if (cause instanceof AnnulusException known) {
            return known;
        }
        if (cause instanceof CorruptDataException || cause instanceof CorruptRecordException) {
            return new CorruptRangeException(
                    "this node's data is damaged: " + cause.getMessage() + "; other replicas can still be asked",
                    receipt);
        }
        if (cause instanceof StorageFullException) {
            return new OverloadedException(
                    "this node's storage refused: " + cause.getMessage() + "; try again later", receipt);
        }
        if (cause instanceof IllegalArgumentException) {
            return new LimitExceededException(cause.getMessage(), receipt);
        }
        return new UnavailableException("this node's storage failed: " + cause, receipt);
    }
}
