package io.clawsec.store.dynamodb;

import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.StoredRecord.IndexedFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The partition keys of the audit's table and of its indexes. Whatever events come, at 10,000 a second no key takes more
 * than a fraction of what one partition can: decision 0020 has the arithmetic.
 */
final class AuditKeys {

    /** Records of one chain under one key; with the next the chain goes on under another. */
    static final int RUN = 64;

    /** Keys of an index that are written to at the same time. */
    static final int SHARDS = 128;

    /** Keys over which the list of all chains is spread. */
    static final int CHAIN_SHARDS = 32;

    /** Keys over which the list of periods is spread. */
    static final int PERIOD_SHARDS = 4;

    /** Keys over which probes are spread. */
    static final int PROBE_SHARDS = 16;

    /** Keys of an index are left for others after this long: 30 days. */
    static final long PERIOD_MICROS = 30L * 24 * 60 * 60 * 1_000_000;

    /** The sort key where a partition holds one item only. */
    static final String SINGLE = "-";

    /** Bytes of a digest that stand in keys: no two users of one store share them. */
    private static final int DIGEST_BYTES = 16;

    private AuditKeys() {}

    /** Which 64 records of its chain a record is among. */
    static long run(long sequence) {
        return sequence / RUN;
    }

    static String runKey(UUID writerId, long run) {
        return "run#" + writerId + "#" + run;
    }

    /** Sorts as sequences do. */
    static String sequenceKey(long sequence) {
        return String.format(Locale.ROOT, "%019d", sequence);
    }

    /** The sequence that a sort key names; -1 when it names none. */
    static long sequence(String sequenceKey) {
        try {
            return Long.parseLong(sequenceKey);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static String idKey(UUID eventId) {
        return "id#" + eventId;
    }

    static String chainsKey(int chainShard) {
        return "chains#" + chainShard;
    }

    static int chainShard(UUID writerId) {
        return Math.floorMod(writerId.hashCode(), CHAIN_SHARDS);
    }

    /** Sorts by chain, then as runs do. */
    static String chainRunKey(UUID writerId, long run) {
        return writerId + "#" + sequenceKey(run);
    }

    static String periodsKey(int shard) {
        return "periods#" + shard % PERIOD_SHARDS;
    }

    /** Sorts as periods do. */
    static String periodKey(long period, int shard) {
        return String.format(Locale.ROOT, "%06d#%03d", period, shard);
    }

    static String probeKey(UUID any) {
        return "probe#" + Math.floorMod(any.hashCode(), PROBE_SHARDS);
    }

    static long period(long timestampMicros) {
        return Math.floorDiv(timestampMicros, PERIOD_MICROS);
    }

    /**
     * Which of an index's keys a record goes under: the next one with each run, so that one busy writer fills all of them
     * evenly; and for each writer from another one on, so that many quiet ones do too.
     */
    static int shard(UUID writerId, long sequence) {
        return (int) Math.floorMod(writerId.hashCode() + run(sequence), (long) SHARDS);
    }

    static String indexKey(AuditIndex index, String value, long period, int shard) {
        String place = period + "#" + shard;
        return index == AuditIndex.TIME ? place : value + "#" + place;
    }

    /** A record's key in an index; null where it has none. */
    static @Nullable String indexKey(AuditIndex index, StoredRecord record) {
        String value = index.value(record.indexed());
        if (value == null || index == AuditIndex.REQUEST) {
            return value; // a request is a few events, and its id is random: it needs no more spreading
        }
        long period = period(record.indexed().timestampMicros());
        return indexKey(index, value, period, shard(record.writerId(), record.sequence()));
    }

    static AuditPlace place(StoredRecord record) {
        IndexedFields indexed = record.indexed();
        return AuditPlace.of(indexed.timestampMicros(), record.writerId(), record.sequence());
    }

    /** What stands for a text in keys: of one length, however long the text, and not the text itself. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
