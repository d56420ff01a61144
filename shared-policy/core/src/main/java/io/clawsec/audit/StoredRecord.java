package io.clawsec.audit;

import java.util.UUID;

/**
 * A record as the store holds it: the bytes that the chain is made over, and what the store keeps beside them.
 *
 * @param writerId the chain it is filed under
 * @param sequence the place it is filed under
 * @param hash the hash it is filed under, 64 hex digits
 * @param indexed what the store's indexes say of the event; it must agree with the bytes
 * @param bytes the record itself; not copied, so do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked of records; the bytes are compared by hash
public record StoredRecord(UUID writerId, long sequence, String hash, IndexedFields indexed, byte[] bytes) {

    /** The fields a store indexes, as it keeps them. */
    public record IndexedFields(
            UUID id,
            long timestampMicros,
            String type,
            @org.jspecify.annotations.Nullable String userId,
            String outcome,
            UUID requestId) {

        /** Leaves out who: a user id is shown by the audit only. */
        @Override
        public String toString() {
            return "IndexedFields[" + type + ", " + id + "]";
        }
    }
}
