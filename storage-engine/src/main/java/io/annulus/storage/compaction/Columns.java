package io.annulus.storage.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The arcs that sorted tables of a table lie on, and what lies above each other there. Pure. */
final class Columns {

    private final List<SortedFile> files;
    private final List<Arc> arcs = new ArrayList<>();

    Columns(List<SortedFile> newestFirst) {
        this.files = newestFirst;
        newestFirst.forEach(file -> arcs.add(Arc.around(file.first(), file.last())));
    }

    /** Shows the column of each arc that some table lies on, the widest first. */
    void visit(Consumer<Column> visitor) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            all.add(i);
        }
        visit(Arc.ALL, all, visitor);
    }

    private void visit(Arc arc, List<Integer> column, Consumer<Column> visitor) {
        boolean isLainOn = false;
        boolean isCut = false;
        for (int file : column) {
            isLainOn |= arcs.get(file).bits() == arc.bits();
            isCut |= arcs.get(file).bits() > arc.bits();
        }
        if (isLainOn) {
            visitor.accept(new Column(arc, files, column));
        }
        if (isCut) {
            visit(arc.lowerHalf(), overlapping(arc.lowerHalf(), column), visitor);
            visit(arc.upperHalf(), overlapping(arc.upperHalf(), column), visitor);
        }
    }

    private List<Integer> overlapping(Arc arc, List<Integer> column) {
        List<Integer> part = new ArrayList<>();
        for (int file : column) {
            if (files.get(file).overlaps(arc)) {
                part.add(file);
            }
        }
        return part;
    }
}
