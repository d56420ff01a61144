package io.clawsec.audit;

import io.clawsec.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in a chain, as the exact bytes that are stored and hashed.
 *
 * <p>The bytes are a JSON object with the contract's names, all of them always there and in one order;
 * {@code continues} alone is there only in a record that has it. They hold the
 * hash of the record before, so a chain is a chain of stored bytes: a later format may encrypt fields, or forget their
 * keys, and every chain still verifies.
 *
 * @param event what happened; its time is kept to the microsecond
 * @param writerId the chain
 * @param sequence the place in it, from 0
 * @param previousHash hash of the record before, 64 lower-case hex digits
 * @param continues of a first record, the chain that its writer gave up for this one; null where there is none
 */
public record AuditRecord(
        AuditEvent event,
        UUID writerId,
        long sequence,
        String previousHash,
        @Nullable Continuation continues) {

    /** The one format that this version writes and reads. */
    public static final int FORMAT_VERSION = 1;

    /** The longest record, in bytes. */
    public static final int MOST_BYTES = 65_536;

    /** How deeply lists and maps in metadata may nest, metadata itself included. */
    public static final int MOST_METADATA_DEPTH = 8;

    /** The longest name in metadata, in UTF-16 units. */
    public static final int MOST_METADATA_NAME = 256;

    /** Microseconds always, so that texts sort as times do. */
    static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT); // the lenient ones read 30 February as the 28th

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Refuses a place that no chain has. */
    public AuditRecord {
        if (sequence < 0 || !isHash(previousHash)) {
            throw new IllegalArgumentException("a record has a place from 0 and a previous hash of 64 hex digits");
        }
        if (continues != null && (sequence != 0 || continues.writerId().equals(writerId))) {
            throw new IllegalArgumentException("only a chain's first record goes on from a chain, and from another");
        }
    }

    /** A record of a chain that goes on from no other. */
    public AuditRecord(AuditEvent event, UUID writerId, long sequence, String previousHash) {
        this(event, writerId, sequence, previousHash, null);
    }

    /** The record of an event that was read back. */
    public static AuditRecord of(StoredEvent stored) {
        return new AuditRecord(
                stored.event(), stored.writerId(), stored.sequence(), stored.previousHash(), stored.continues());
    }

    /** Reads stored bytes. */
    public static AuditRecord parse(byte[] bytes) throws UnreadableRecordException {
        return AuditRecordReader.read(bytes);
    }

    /** This record beside the hash it is filed under. */
    public StoredEvent filedUnder(String hash) {
        return new StoredEvent(event, FORMAT_VERSION, writerId, sequence, previousHash, continues, hash);
    }

    /** Whether it is a hash as records have it: 64 lower-case hex digits. */
    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /**
     * The fields by their names on the wire, in their order. {@code continues} is there only where there is something to
     * name, so that the records of before it was thought of have the bytes that they always had.
     */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("timestamp", TIMESTAMP.format(event.timestamp()));
        fields.put("event_type", event.type().wireName());
        fields.put("user_id", event.userId());
        fields.put("role", event.role());
        fields.put("action", event.action());
        fields.put("resource", event.resource());
        fields.put("outcome", event.outcome().wireName());
        fields.put("policy_violations", event.policyViolations());
        fields.put("metadata", event.metadata());
        fields.put("ip_address", event.ipAddress());
        fields.put("request_id", event.requestId());
        fields.put("format_version", FORMAT_VERSION);
        fields.put("writer_id", writerId);
        fields.put("sequence", sequence);
        fields.put("previous_hash", previousHash);
        if (continues != null) {
            fields.put("continues", continues.fields());
        }
        return fields;
    }

    /**
     * The bytes to store.
     *
     * @throws IllegalArgumentException when the event has no such form: longer than {@value #MOST_BYTES} bytes, a
     *     time outside 1970 to 9999, metadata of other kinds or deeper than said, or text that is not well-formed
     */
    public byte[] toBytes() {
        if (event.timestamp().isBefore(EARLIEST) || event.timestamp().isAfter(LATEST)) {
            throw new IllegalArgumentException("an audit event happens between 1970 and 9999");
        }
        // The codec would write what the reader then refuses, and a record that cannot be read is worse than none. Text
        // that is not well-formed is the one thing that the codec refuses by itself.
        requirePlain(event.policyViolations(), 1);
        requirePlain(event.metadata(), 1);
        byte[] bytes = Json.write(fields());
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("an audit record is at most " + MOST_BYTES + " bytes long");
        }
        return bytes;
    }

    /** What a store's indexes say of an event. */
    public static StoredRecord.IndexedFields indexed(AuditEvent event) {
        return new StoredRecord.IndexedFields(
                event.id(),
                micros(event.timestamp()),
                event.type().wireName(),
                event.userId(),
                event.outcome().wireName(),
                event.requestId());
    }

    /** Microseconds since the epoch, rounded down: how stores keep and compare times. Far times give the farthest. */
    public static long micros(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L);
        } catch (ArithmeticException e) { // a query may ask for all before Instant.MAX
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static void requirePlain(@Nullable Object value, int depth) {
        boolean nests = value instanceof List || value instanceof Map;
        if (nests && depth > MOST_METADATA_DEPTH) {
            throw new IllegalArgumentException("metadata nests at most " + MOST_METADATA_DEPTH + " levels");
        }
        if (value instanceof List<?> list) {
            list.forEach(element -> requirePlain(element, depth + 1));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, element) -> {
                if (!(name instanceof String text) || text.length() > MOST_METADATA_NAME) {
                    throw new IllegalArgumentException(
                            "names in metadata are at most " + MOST_METADATA_NAME + " characters long");
                }
                requirePlain(element, depth + 1);
            });
        } else if (!isScalar(value)) {
            throw new IllegalArgumentException("metadata holds strings, booleans, integers, lists and maps of these");
        }
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short;
    }
}
