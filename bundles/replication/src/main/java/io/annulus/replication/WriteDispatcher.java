package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.runtime.Completion;

/**
 * Decides who coordinates a client's put: this node, an owner of the key, or, when no owner can be reached and the caller
 * allows it, this node as a stand-in. Owned by the event loop.
 */
final class WriteDispatcher {

    private final ReplicationCore core;

    WriteDispatcher(ReplicationCore core) {
        this.core = core;
    }

    void put(KeyspaceState keyspace, PutCommand command, Completion<PutOutcome> completion) {
        try {
            Placement placement =
                    Placement.of(core.environment().rings().state(), keyspace.settings(), command.token());
            placement.required("W", command.acks(), keyspace.settings().writes());
            if (coordinatesHere(keyspace, placement)) {
                new PutCoordinator(core, keyspace, placement, command, completion).start();
            } else if (!new ForwardCoordinator(core, keyspace, placement, command, completion).start()) {
                standIn(keyspace, placement, command, completion);
            }
        } catch (AnnulusException e) {
            completion.onFailure(e);
        }
    }

    private boolean coordinatesHere(KeyspaceState keyspace, Placement placement) {
        if (keyspace.settings().mode() == KeyspaceMode.LAST_WRITE_WINS) {
            return true;
        }
        return !core.isFenced() && placement.list().owners().stream().anyMatch(core.environment()::isSelf);
    }

    private void standIn(
            KeyspaceState keyspace, Placement placement, PutCommand command, Completion<PutOutcome> completion) {
        if (command.sloppy()) {
            new PutCoordinator(core, keyspace, placement, command, completion).start();
        } else {
            completion.onFailure(new UnavailableException(
                    "none of the " + placement.copies() + " owners of the key can be reached; start them again, or"
                            + " allow stand-ins",
                    Receipt.none(command.acks())));
        }
    }
}
