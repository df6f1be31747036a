package io.annulus.api.ring;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** An immutable ring: which member owns which arc, at one epoch. Any thread. */
@ProviderType
public interface Ring {

    /** Number of this ring; a later ring has a greater one. */
    long epoch();

    /** Hash of everything in the ring; two rings of one epoch must have the same. */
    long hash();

    /** The members, in order of name. */
    List<RingMember> members();

    /** The circle is cut into {@code 2^arcBits} arcs. */
    int arcBits();

    /** The member that owns an arc. */
    RingMember ownerOf(int arc);

    /**
     * The preference list of a token.
     *
     * @param copies N, 1 or more
     */
    PreferenceList preferenceList(Token token, int copies);

    /** How many members own arcs: the greatest number of copies that this ring can keep. */
    int owningMembers();

    /** The ring as plain data. */
    RingDescription description();
}
