package io.clawsec.testkit;

import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.StoredRecord.IndexedFields;
import io.clawsec.audit.Verification.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an intruder does to one record behind the repository, and what the verifier says then. */
enum AuditTampering {
    CHANGE_BYTES(Kind.BYTES_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            String text = new String(old.bytes(), StandardCharsets.UTF_8);
            byte[] bytes = text.replace("\"query:submit\"", "\"query:sleep!\"").getBytes(StandardCharsets.UTF_8);
            return new StoredRecord(old.writerId(), old.sequence(), old.hash(), old.indexed(), bytes);
        }
    },
    CHANGE_HASH(Kind.BYTES_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            return new StoredRecord(old.writerId(), old.sequence(), "ab".repeat(32), old.indexed(), old.bytes());
        }
    },
    CHANGE_TIME(Kind.INDEX_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            IndexedFields was = old.indexed();
            return indexed(old, was.timestampMicros() - 1, was.type(), was.userId(), was.outcome());
        }
    },
    CHANGE_TYPE(Kind.INDEX_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            IndexedFields was = old.indexed();
            return indexed(old, was.timestampMicros(), "nothing", was.userId(), was.outcome());
        }
    },
    CHANGE_USER(Kind.INDEX_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            IndexedFields was = old.indexed();
            return indexed(old, was.timestampMicros(), was.type(), "mallory", was.outcome());
        }
    },
    CHANGE_OUTCOME(Kind.INDEX_CHANGED) {
        @Override
        StoredRecord of(StoredRecord old) {
            IndexedFields was = old.indexed();
            return indexed(old, was.timestampMicros(), was.type(), was.userId(), "fine");
        }
    },
    REMOVE(Kind.HOLE) {
        @Override
        @Nullable
        StoredRecord of(StoredRecord old) {
            return null;
        }
    };

    private final Kind found;

    AuditTampering(Kind found) {
        this.found = found;
    }

    /** What the verifier says of the place. */
    Kind found() {
        return found;
    }

    /** What stands in the record's place then; null when nothing does. */
    abstract @Nullable StoredRecord of(StoredRecord old);

    private static StoredRecord indexed(
            StoredRecord old, long micros, String type, @Nullable String userId, String outcome) {
        IndexedFields was = old.indexed();
        return new StoredRecord(
                old.writerId(),
                old.sequence(),
                old.hash(),
                new IndexedFields(was.id(), micros, type, userId, outcome, was.requestId()),
                old.bytes());
    }
}
