package io.clawsec.store.embedded;

import io.clawsec.store.sql.UuidColumn;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs as the 16 bytes that columns hold: less than half of the text, in three indexes. */
final class UuidBytes {

    private static final int LENGTH = 16;
    private static final UUID NIL = new UUID(0, 0);

    /** How all of this room's tables hold them. */
    static final UuidColumn COLUMN = new UuidColumn() {
        @Override
        public Object of(UUID uuid) {
            return UuidBytes.of(uuid);
        }

        @Override
        public UUID read(ResultSet rows, int column) throws SQLException {
            return UuidBytes.read(rows.getBytes(column));
        }
    };

    private UuidBytes() {}

    static byte[] of(UUID uuid) {
        return ByteBuffer.allocate(LENGTH)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** Damaged bytes give the nil UUID, so that the verifier can go on and name the place. */
    static UUID read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != LENGTH) {
            return NIL;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
