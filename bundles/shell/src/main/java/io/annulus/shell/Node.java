package io.annulus.shell;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.StorageEngine;

/** The node that a command asks, once it is there. A command's own thread. */
public interface Node {

    /**
     * The node, waited for while it is starting.
     *
     * @throws CommandException when it does not come up in time
     * @throws InterruptedException when the user does not want to wait any longer
     */
    Annulus annulus() throws CommandException, InterruptedException;

    /**
     * A keyspace of the node, waited for while the node does not serve yet.
     *
     * @throws CommandException when there is none of that name, naming those that exist
     * @throws InterruptedException when the user does not want to wait any longer
     */
    Keyspace keyspace(String name) throws CommandException, InterruptedException;

    /**
     * The storage of the node, waited for while it is starting.
     *
     * @throws CommandException when it is not opened in time
     * @throws InterruptedException when the user does not want to wait any longer
     */
    StorageEngine storage() throws CommandException, InterruptedException;

    /**
     * The loop that the storage is used on, waited for while the node is starting.
     *
     * @throws CommandException when it does not come up in time
     * @throws InterruptedException when the user does not want to wait any longer
     */
    EventLoop loop() throws CommandException, InterruptedException;
}
