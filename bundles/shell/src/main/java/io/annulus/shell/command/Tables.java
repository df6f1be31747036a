package io.annulus.shell.command;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;

/** Tables as Karaf's own commands print them. */
final class Tables {

    private Tables() {}

    /**
     * Prints a table.
     *
     * @param format whether with header and lines, else the fields alone with tabs between
     */
    static void print(PrintStream out, boolean format, List<String> columns, List<? extends List<?>> rows) {
        if (!format) {
            rows.forEach(
                    cells -> out.println(cells.stream().map(String::valueOf).collect(Collectors.joining("\t"))));
            return;
        }
        ShellTable table = new ShellTable().forceAscii().emptyTableText("(none)");
        columns.forEach(table::column);
        for (List<?> cells : rows) {
            Row row = table.addRow();
            cells.forEach(row::addContent);
        }
        table.print(out);
    }
}
