package io.clawsec.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The chain that a chain goes on from: what its writer had last seen durable when it gave that chain up, because nobody
 * could tell it what had become of a later append. Records behind the named one may or may not be there.
 *
 * @param writerId the chain that ended
 * @param sequence the place of its last acknowledged record
 * @param hash of that record, 64 lower-case hex digits
 */
public record Continuation(UUID writerId, long sequence, String hash) {

    /** Refuses a place that no chain has. */
    public Continuation {
        if (sequence < 0 || !AuditRecord.isHash(hash)) {
            throw new IllegalArgumentException("a chain goes on from a place from 0 and a hash of 64 hex digits");
        }
    }

    /** The fields by their names on the wire, in their order. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("writer_id", writerId);
        fields.put("sequence", sequence);
        fields.put("hash", hash);
        return fields;
    }
}
