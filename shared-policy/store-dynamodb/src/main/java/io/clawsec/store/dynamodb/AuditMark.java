package io.clawsec.store.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import io.clawsec.audit.StoredRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A small item beside the records of the audit: a key that says it all, or nearly. */
final class AuditMark {

    static final TableSchema<AuditMark> SCHEMA = new ItemSchema<>(AuditMark.class, AuditMark::new)
            .text(DynamoDbTables.PK, mark -> mark.pk, (mark, value) -> mark.pk = value, primaryPartitionKey())
            .text(DynamoDbTables.SK, mark -> mark.sk, (mark, value) -> mark.sk = value, primarySortKey())
            .text("writer_id", mark -> mark.writerId, (mark, value) -> mark.writerId = value)
            .number("sequence", mark -> mark.sequence, (mark, value) -> mark.sequence = value)
            .bytes(AuditItem.HASH, mark -> mark.hash, (mark, value) -> mark.hash = value)
            .text("at", mark -> mark.at, (mark, value) -> mark.at = value)
            .build();

    private String pk = "";
    private String sk = "";
    private @Nullable String writerId;
    private @Nullable Long sequence;
    private byte @Nullable [] hash;
    private @Nullable String at;

    private AuditMark() {}

    private AuditMark(String pk, String sk) {
        this.pk = pk;
        this.sk = sk;
    }

    /** What keeps an event's id from being used again, and tells whose it is. */
    static AuditMark ofId(StoredRecord record) {
        AuditMark mark = new AuditMark(AuditKeys.idKey(record.indexed().id()), AuditKeys.SINGLE);
        mark.writerId = record.writerId().toString();
        mark.sequence = record.sequence();
        mark.hash = HexFormat.of().parseHex(record.hash());
        return mark;
    }

    /** The entry of a record's run in the list of chains. */
    static AuditMark ofRun(StoredRecord record) {
        return new AuditMark(
                AuditKeys.chainsKey(AuditKeys.chainShard(record.writerId())),
                AuditKeys.chainRunKey(record.writerId(), AuditKeys.run(record.sequence())));
    }

    /** What says that a period has events under one of its shards. */
    static AuditMark ofPeriod(long period, int shard) {
        return new AuditMark(AuditKeys.periodsKey(shard), AuditKeys.periodKey(period, shard));
    }

    /** What is written to see whether writing goes. */
    static AuditMark ofProbe(UUID any, Instant at) {
        AuditMark mark = new AuditMark(AuditKeys.probeKey(any), AuditKeys.SINGLE);
        mark.at = at.toString();
        return mark;
    }

    Key key() {
        return Key.builder().partitionValue(pk).sortValue(sk).build();
    }

    /** Its sort key. */
    String sk() {
        return sk;
    }
}
