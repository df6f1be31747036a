package io.annulus.shell.osgi;

import io.annulus.shell.Node;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.osgi.framework.BundleContext;

/**
 * A command that asks the node. It looks for the node's services when it is run, and not before: so the commands exist from the
 * start of the console on, and wait for a node that is just starting instead of being unknown.
 */
public abstract class NodeAction implements Action {

    @Reference
    private BundleContext context;

    @Override
    public final Object execute() throws Exception {
        try (ServiceNode node = new ServiceNode(context)) {
            run(node, System.out);
        }
        return null;
    }

    /**
     * Does what the command is for.
     *
     * @param out the console
     * @throws Exception when it could not; the console shows the message
     */
    protected abstract void run(Node node, PrintStream out) throws Exception;
}
