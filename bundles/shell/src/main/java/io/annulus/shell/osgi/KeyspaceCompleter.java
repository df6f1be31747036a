package io.annulus.shell.osgi;

import io.annulus.api.Annulus;
import io.annulus.api.KeyspaceSettings;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes the names of the keyspaces that the node serves. */
@Service
public final class KeyspaceCompleter implements Completer {

    @Reference
    private BundleContext context;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try (ServiceNode node = new ServiceNode(context)) {
            List<String> names = node.find().map(Annulus::keyspaces).orElse(List.of()).stream()
                    .map(KeyspaceSettings::name)
                    .toList();
            return new StringsCompleter(names).complete(session, line, candidates);
        }
    }
}
