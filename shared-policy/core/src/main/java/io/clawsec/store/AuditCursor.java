package io.clawsec.store;

import io.clawsec.audit.InvalidCursorException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page of a store ended that numbers its rows: the last event's place in the order of time, then of rows. Events that come in later stand before
 * it, so pages neither repeat nor lose any.
 *
 * <p>The check sum finds slips, not forgers: a cursor gives no right to anything.
 *
 * @param timestampMicros the event's time, in microseconds since the epoch
 * @param position the row's number
 */
public record AuditCursor(long timestampMicros, long position) {

    private static final byte VERSION = 1;
    private static final int CHECKED = 1 + 2 * Long.BYTES;
    private static final int LENGTH = CHECKED + Integer.BYTES;
    private static final int TEXT_LENGTH = LENGTH * 4 / 3;

    /** The form that callers carry. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(timestampMicros)
                .putLong(position);
        bytes.putInt(checkSum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads what {@link #text} gave.
     *
     * @throws InvalidCursorException when it is something else
     */
    public static AuditCursor parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new InvalidCursorException();
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
        boolean sound = bytes.capacity() == LENGTH
                && bytes.get() == VERSION
                && bytes.getInt(CHECKED) == checkSum(bytes.array());
        if (!sound) {
            throw new InvalidCursorException();
        }
        return new AuditCursor(bytes.getLong(), bytes.getLong());
    }

    private static int checkSum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, CHECKED);
        return (int) sum.getValue();
    }
}
