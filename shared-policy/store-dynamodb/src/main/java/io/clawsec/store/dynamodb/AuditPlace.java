package io.clawsec.store.dynamodb;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * An event's place in the order of pages: by time, then chain, then place in the chain. The sort key of every index;
 * DynamoDB compares bytes without sign, and so does this.
 *
 * @param bytes time in microseconds, writer and sequence, each from its highest byte; not copied, so do not change them
 */
@SuppressWarnings("ArrayRecordComponent") // compared as bytes below
record AuditPlace(byte[] bytes) implements Comparable<AuditPlace> {

    static final int LENGTH = 4 * Long.BYTES;

    static AuditPlace of(long timestampMicros, UUID writerId, long sequence) {
        return new AuditPlace(ByteBuffer.allocate(LENGTH)
                .putLong(timestampMicros)
                .putLong(writerId.getMostSignificantBits())
                .putLong(writerId.getLeastSignificantBits())
                .putLong(sequence)
                .array());
    }

    /** Before every place of a time from 1970 on. */
    static AuditPlace firstOf(long timestampMicros) {
        return of(timestampMicros, new UUID(0, 0), 0);
    }

    long timestampMicros() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** The last place before this one, which is not the first of all. */
    AuditPlace before() {
        byte[] before = bytes.clone();
        for (int i = before.length - 1; i >= 0; i--) {
            before[i]--;
            if (before[i] != -1) { // no borrow
                break;
            }
        }
        return new AuditPlace(before);
    }

    @Override
    public int compareTo(AuditPlace other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditPlace place && Arrays.equals(bytes, place.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
