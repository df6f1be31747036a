package io.annulus.replication;

import io.annulus.api.Context;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.Sibling;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.version.RecordView;
import java.util.List;
import java.util.Optional;

/** Opens a joined record for the consumer; values that have expired are hidden. */
final class ReadResults {

    private ReadResults() {}

    static ReadResult of(Optional<byte[]> record, Receipt receipt, Environment environment) {
        if (record.isEmpty()) {
            return new ReadResult.Absent(Context.NONE, receipt);
        }
        RecordView view = environment.versioning().view(record.get());
        environment.runtime().clock().observe(view.timestamp());
        Context context = Context.of(view.context());
        List<Sibling> live = siblings(view, environment.runtime().time().wallMillis());
        return live.isEmpty()
                ? new ReadResult.Tombstone(context, receipt)
                : new ReadResult.Found(live, context, receipt);
    }

    static List<Sibling> siblings(RecordView view, long nowMillis) {
        return view.siblings().stream()
                .filter(version -> version.expiryMillis() == 0 || version.expiryMillis() > nowMillis)
                .map(version ->
                        new Sibling(version.value().clone(), version.dot(), HybridClock.millisOf(version.timestamp())))
                .toList();
    }
}
