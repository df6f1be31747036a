package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Each field of a map has one value; it is there when it was put and no removal had seen all its puts, and its value is not
 * one that a later put had seen. At the end, to last reads and replicas, for all acknowledged writes but those that all
 * their replicas may have lost ({@link Loss}); on the way, for those that a read claims to have met ({@link Claims}).
 *
 * <p>Not seen: which of several concurrent puts of a field should have won. {@link AddWins} says the rest.
 */
public final class MapJudge implements Judge {

    @Override
    public String name() {
        return "map";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history, Mode.MAP)) {
            AddWins map = new AddWins(key, Function.MPUT, Function.MREMOVE, MapJudge::fieldOf, true);
            key.sights().forEach(sight -> oneValueAField(key, sight, violations));
            key.forEachLook((sight, certain) -> violations.addAll(map.judge(this, sight, certain)));
        }
        return violations;
    }

    private void oneValueAField(KeyHistory key, Sight sight, List<Violation> violations) {
        Set<String> fields = new TreeSet<>();
        for (String entry : new TreeSet<>(sight.values())) {
            if (!fields.add(fieldOf(entry))) {
                violations.add(key.violation(
                        this, sight.where() + " shows several values of field " + fieldOf(entry), sight.operations()));
            }
        }
    }

    private static String fieldOf(String entry) {
        int end = entry.indexOf('=');
        return end < 0 ? entry : entry.substring(0, end);
    }
}
