package io.annulus.storage.disk;

import io.annulus.storage.EngineEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator should know. */
final class LoggedEvents implements EngineEvents {

    private static final Logger LOG = LoggerFactory.getLogger(DiskStorage.class);

    @Override
    public void fenced(Throwable cause) {
        LOG.error("storage takes no writes any more: check the disk and restart the node", cause);
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        LOG.warn("sorted tables of {} are not merged any more: check the disk and restart the node", table, cause);
    }
}
