package io.clawsec.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One writer's hash chain: gives each event its place, its record and its hash.
 *
 * <p>A store asks for records inside a transaction; when that is undone, the head goes back to where it was, so that
 * nothing failed leaves a hole. Where nobody can say whether it is undone, the chain ends and another one begins, which
 * names it. Not safe for use by many threads: a chain has one writer.
 */
public final class AuditChain {

    /** What the first record of a chain has for a previous hash. */
    public static final String FIRST_PREVIOUS_HASH = "0".repeat(64);

    private final Supplier<UUID> writerIds;
    private @Nullable UUID writerId;
    private Head head = Head.START;

    /** What the first record names; kept while the chain is at its start. */
    private @Nullable Continuation continues;

    /**
     * Where a chain goes on.
     *
     * @param nextSequence place of the next record
     * @param previousHash hash of the last record
     */
    public record Head(long nextSequence, String previousHash) {

        /** The head of a chain without records. */
        public static final Head START = new Head(0, FIRST_PREVIOUS_HASH);

        /** The head of a chain whose last record is known. */
        public static Head after(long sequence, String hash) {
            return new Head(sequence + 1, hash);
        }
    }

    /**
     * A chain that is empty yet.
     *
     * @param writerIds asked once for each writer, at its first record: a process restored from a snapshot must not
     *     share its id
     */
    public AuditChain(Supplier<UUID> writerIds) {
        this.writerIds = writerIds;
    }

    /**
     * The event's record, behind all others so far.
     *
     * @throws IllegalArgumentException when the event has no stored form; the head is where it was
     */
    public StoredRecord next(AuditEvent event) {
        UUID writer = writerId();
        byte[] bytes = new AuditRecord(
                        event,
                        writer,
                        head.nextSequence(),
                        head.previousHash(),
                        head.nextSequence() == 0 ? continues : null)
                .toBytes();
        StoredRecord record =
                new StoredRecord(writer, head.nextSequence(), hash(bytes), AuditRecord.indexed(event), bytes);
        head = Head.after(record.sequence(), record.hash());
        return record;
    }

    /** Where the chain goes on now. */
    public Head head() {
        return head;
    }

    /** Goes on from another place: back to a head from before, or to what the store says after a commit in doubt. */
    public void moveTo(Head place) {
        head = place;
    }

    /**
     * Ends this writer, whose last append is in doubt for good, and goes on as a new one with an id of its own. Its first
     * record names what was last acknowledged; where nothing was, it names what the ended writer would have named.
     *
     * @param acknowledged the head as it was behind the last record that is known to be durable
     */
    public void endWriter(Head acknowledged) {
        UUID ended = writerId;
        if (ended != null && acknowledged.nextSequence() > 0) {
            continues = new Continuation(ended, acknowledged.nextSequence() - 1, acknowledged.previousHash());
        }
        writerId = null;
        head = Head.START;
    }

    /** The chain's id, made now if it was not asked for before. */
    public UUID writerId() {
        UUID id = writerId;
        if (id == null) {
            id = writerIds.get();
            writerId = id;
        }
        return id;
    }

    /** SHA-256 as 64 lower-case hex digits (FIPS 180-4). */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
