package io.clawsec.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of an event of which the audit keeps one: made of its occasion, so that every process comes to the same one and
 * the store itself refuses the second.
 *
 * <p>A UUID of version 8 (RFC 9562, 5.8) out of SHA-256. The JDK's {@code nameUUIDFromBytes} is MD5: of that, somebody who
 * chooses his own name could make two occasions collide.
 */
final class OccasionId {

    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private OccasionId() {}

    static UUID of(String occasion) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(occasion.getBytes(StandardCharsets.UTF_8)));
            return new UUID((hash.getLong() & ~0xF000L) | VERSION, (hash.getLong() & ~(3L << 62)) | VARIANT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
