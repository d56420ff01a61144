package io.clawsec.store.dynamodb;

import io.clawsec.audit.InvalidCursorException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page ended, as callers hold it. Events that come in later stand before it, so pages neither repeat nor lose
 * any.
 *
 * <p>The check sum finds slips, not forgers: a cursor gives no right to anything.
 */
final class AuditCursor {

    private static final byte VERSION = 1;
    private static final int CHECKED = 1 + AuditPlace.LENGTH;
    private static final int LENGTH = CHECKED + Integer.BYTES;

    private AuditCursor() {}

    static String of(AuditPlace last) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(VERSION).put(last.bytes());
        bytes.putInt(checkSum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static AuditPlace parse(String text) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
        boolean sound = bytes.capacity() == LENGTH
                && bytes.get() == VERSION
                && bytes.getInt(CHECKED) == checkSum(bytes.array())
                && bytes.get(1) >= 0;
        if (!sound) {
            throw new InvalidCursorException();
        }
        byte[] place = new byte[AuditPlace.LENGTH];
        bytes.get(place);
        AuditPlace last = new AuditPlace(place);
        if (!text.equals(of(last))) { // the last letter has bits to spare, and only one way of writing it is ours
            throw new InvalidCursorException();
        }
        return last;
    }

    private static int checkSum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, CHECKED);
        return (int) sum.getValue();
    }
}
