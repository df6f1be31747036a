package io.annulus.api.ring;

import java.util.List;

/**
 * Where the copies of one key go.
 *
 * @param owners the N owners, first the owner of the key's arc, then clockwise in distinct racks as far as racks allow;
 *     fewer than N when the ring has fewer members that own arcs
 * @param standIns the remaining members that own arcs, in the order in which they stand in for an owner that is down
 */
public record PreferenceList(List<RingMember> owners, List<RingMember> standIns) {

    public PreferenceList {
        owners = List.copyOf(owners);
        standIns = List.copyOf(standIns);
    }
}
