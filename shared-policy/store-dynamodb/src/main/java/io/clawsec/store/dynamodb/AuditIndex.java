package io.clawsec.store.dynamodb;

import io.clawsec.audit.StoredRecord.IndexedFields;
import org.jspecify.annotations.Nullable;

/** The audit's indexes, one for each filter. */
enum AuditIndex {
    TIME("time") {
        @Override
        String value(IndexedFields indexed) {
            return "";
        }
    },
    TYPE("type") {
        @Override
        String value(IndexedFields indexed) {
            return indexed.type();
        }
    },
    USER("user") {
        @Override
        @Nullable
        String value(IndexedFields indexed) {
            String userId = indexed.userId();
            return userId == null ? null : AuditKeys.digest(userId);
        }
    },
    OUTCOME("outcome") {
        @Override
        String value(IndexedFields indexed) {
            return indexed.outcome();
        }
    },
    REQUEST("request") {
        @Override
        String value(IndexedFields indexed) {
            return indexed.requestId().toString();
        }
    };

    private final String noun;

    AuditIndex(String noun) {
        this.noun = noun;
    }

    /** Its name in the table. */
    String indexName() {
        return "by_" + noun;
    }

    /** The attribute that is its partition key. */
    String keyName() {
        return noun + "_key";
    }

    /** What of an event its keys begin with; null where the event is not in this index. */
    abstract @Nullable String value(IndexedFields indexed);
}
