package io.clawsec.audit;

import java.util.List;
import java.util.UUID;

/**
 * What a verifier found.
 *
 * <p>Chains alone do not show that a chain's last records are gone, or a chain as a whole: that is what seals are for.
 *
 * @param events records seen
 * @param writers chains seen
 * @param problems the first of what is wrong, at most {@link AuditVerifier#MOST_PROBLEMS}
 */
public record Verification(long events, long writers, List<Problem> problems) {

    public Verification {
        problems = List.copyOf(problems);
    }

    /** Whether every record is as it was written and in its place. */
    public boolean verified() {
        return problems.isEmpty();
    }

    /**
     * One thing that is wrong; where, never what the record says.
     *
     * @param writerId the chain
     * @param sequence the place in it
     * @param kind what is wrong there
     */
    public record Problem(UUID writerId, long sequence, Kind kind) {}

    /** What can be wrong with a place in a chain. */
    public enum Kind {
        /** The bytes do not have the hash that they are filed under. */
        BYTES_CHANGED,
        /** The bytes are no audit record. */
        UNREADABLE,
        /** The bytes are a record of a format that this version does not read. */
        UNKNOWN_VERSION,
        /** A column that queries look in says something else than the record. */
        INDEX_CHANGED,
        /** The record belongs to another chain than it is filed under. */
        WRONG_WRITER,
        /** The record belongs to another place than it is filed under. */
        WRONG_SEQUENCE,
        /** The record does not go on from the one before. */
        WRONG_PREVIOUS_HASH,
        /** The record goes on from a place of another chain, and what is there is missing or has another hash. */
        WRONG_CONTINUATION,
        /** The record goes on from another chain, and there are more of its kind than were checked. */
        UNCHECKED_CONTINUATION,
        /** From this place on, one or more records are missing. */
        HOLE,
        /** A second record is filed under this place. */
        REPEATED_SEQUENCE,
        /** The record comes behind ones that should follow it. */
        OUT_OF_ORDER
    }
}
