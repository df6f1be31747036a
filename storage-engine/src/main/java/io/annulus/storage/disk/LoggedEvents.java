package io.annulus.storage.disk;

import io.annulus.api.storage.QuarantinedRange;
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

    @Override
    public void damaged(QuarantinedRange range) {
        LOG.warn(
                "tokens {} to {} of table {} cannot be answered for until they are healed from replicas: {}",
                range.from(),
                range.to(),
                range.table(),
                range.cause());
    }
}
