package io.annulus.storage.disk;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.storage.DataDirectory;
import io.annulus.storage.EngineEvents;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator should know. Nobody asks for a logger before there is something to say: a first start is quicker. */
final class LoggedEvents implements EngineEvents {

    private static final Logger LOG = LoggerFactory.getLogger(DiskStorage.class);

    /** A data directory was opened. */
    static void opened(NodeId node, DataDirectory directory) throws IOException {
        OpenFileLimit.warning().ifPresent(LOG::warn);
        if (LOG.isInfoEnabled()) {
            LOG.info("storage of {} is open in {}: {}", node, directory.path(), directory.describe());
        }
        directory.warning().ifPresent(LOG::warn);
    }

    /** Threads of a storage that was closed go on. */
    static void notEnded(DataDirectory directory) {
        LOG.error("storage threads did not end in time; {} is left as after a crash", directory.path());
    }

    /** A directory will look as after a crash. */
    static void notMarked(DataDirectory directory, IOException cause) {
        LOG.error("{} was not marked as closed cleanly", directory.path(), cause);
    }

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
