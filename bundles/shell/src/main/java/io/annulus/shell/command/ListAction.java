package io.annulus.shell.command;

import io.annulus.shell.osgi.NodeAction;
import org.apache.karaf.shell.api.action.Option;

/** A command that prints tables: the options that all of these share. */
abstract class ListAction extends NodeAction {

    @Option(name = "-j", aliases = "--json", description = "Print one line of JSON.")
    boolean json;

    @Option(name = "--no-format", description = "Print the rows alone, with tabs between their fields.")
    boolean noFormat;
}
