package io.annulus.replication;

import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Versioning;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what this node itself holds of a key. Owned by the event loop. */
final class LocalReader {

    private final Environment environment;

    LocalReader(Environment environment) {
        this.environment = environment;
    }

    void read(KeyspaceState keyspace, Token token, byte[] key, boolean digestOnly, Consumer<Answer> receiver) {
        keyspace.table()
                .read(
                        token,
                        key,
                        Completion.of(
                                record -> receiver.accept(answer(record, digestOnly)),
                                cause -> receiver.accept(Answer.failed(statusOf(cause)))));
    }

    private Answer answer(Optional<byte[]> record, boolean digestOnly) {
        Versioning versioning = environment.versioning();
        boolean amnesiac = environment.rings().state().standing() == Standing.AMNESIAC;
        ReplicaStatus status = amnesiac ? ReplicaStatus.NOT_ADMITTED : ReplicaStatus.DONE;
        if (record.isEmpty()) {
            return new Answer(status, false, 0, Optional.empty());
        }
        try {
            long digest = versioning.digest(record.get());
            return new Answer(status, true, digest, digestOnly ? Optional.empty() : record);
        } catch (CorruptRecordException e) {
            return Answer.failed(ReplicaStatus.CORRUPT);
        }
    }

    static ReplicaStatus statusOf(Throwable cause) {
        if (cause instanceof CorruptDataException || cause instanceof CorruptRecordException) {
            return ReplicaStatus.CORRUPT;
        }
        return cause instanceof StorageFullException ? ReplicaStatus.OVERLOADED : ReplicaStatus.FAILED;
    }
}
