package io.clawsec.audit;

import io.clawsec.audit.Verification.Kind;
import io.clawsec.audit.Verification.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks records against their chains, one by one as {@link AuditRepository#forEachRecord} hands them over, in constant
 * memory. Where chains say that they go on from others, the records are read a second time, for what is named may have
 * been passed already. Not safe for use by many threads.
 */
public final class AuditVerifier implements Consumer<StoredRecord> {

    /** How many problems are listed; a trail with more of them is no better known for a longer list. */
    public static final int MOST_PROBLEMS = 100;

    /** How many chains that go on from others are checked; one more is a problem that says so. */
    public static final int MOST_CONTINUATIONS = 10_000;

    private final List<Problem> problems = new ArrayList<>();
    private final ContinuationCheck continuations = new ContinuationCheck(MOST_CONTINUATIONS);
    private long events;
    private long writers;
    private @Nullable UUID writerId;
    private long expectedSequence;
    private String expectedPreviousHash = AuditChain.FIRST_PREVIOUS_HASH;

    /** Verifies all that a store holds. */
    public static Verification verify(AuditRepository repository) {
        AuditVerifier verifier = new AuditVerifier();
        repository.forEachRecord(verifier);
        if (verifier.needsSecondReading()) {
            repository.forEachRecord(verifier::acceptAgain);
        }
        return verifier.verification();
    }

    /** Whether a chain was seen that goes on from another: then all records are to be handed over again. */
    boolean needsSecondReading() {
        return !continuations.isEmpty();
    }

    /** Takes a record of the second reading. */
    void acceptAgain(StoredRecord record) {
        continuations.see(record);
    }

    /** Takes the next record: of the same chain, or the first of another. */
    @Override
    public void accept(StoredRecord record) {
        events++;
        if (!record.writerId().equals(writerId)) {
            writers++;
            writerId = record.writerId();
            expectedSequence = 0;
            expectedPreviousHash = AuditChain.FIRST_PREVIOUS_HASH;
        }
        boolean follows = record.sequence() == expectedSequence;
        checkPlace(record);
        checkBytes(record, follows);
        if (record.sequence() >= expectedSequence) {
            expectedSequence = record.sequence() + 1;
            expectedPreviousHash = record.hash();
        }
    }

    /** What was found so far. */
    public Verification verification() {
        List<Problem> all = new ArrayList<>(problems);
        continuations.problems().limit(MOST_PROBLEMS - all.size()).forEach(all::add);
        return new Verification(events, writers, all);
    }

    private void checkPlace(StoredRecord record) {
        if (record.sequence() > expectedSequence) {
            note(record.writerId(), expectedSequence, Kind.HOLE);
        } else if (record.sequence() < expectedSequence) {
            boolean repeated = record.sequence() == expectedSequence - 1;
            note(record, repeated ? Kind.REPEATED_SEQUENCE : Kind.OUT_OF_ORDER);
        }
    }

    private void checkBytes(StoredRecord stored, boolean follows) {
        if (!AuditChain.hash(stored.bytes()).equals(stored.hash())) {
            note(stored, Kind.BYTES_CHANGED);
            return; // whatever else is wrong with them follows from that
        }
        AuditRecord record;
        try {
            record = AuditRecord.parse(stored.bytes());
        } catch (UnreadableRecordException e) {
            note(stored, e.isOfUnknownVersion() ? Kind.UNKNOWN_VERSION : Kind.UNREADABLE);
            return;
        }
        if (!record.writerId().equals(stored.writerId())) {
            note(stored, Kind.WRONG_WRITER);
        }
        if (record.sequence() != stored.sequence()) {
            note(stored, Kind.WRONG_SEQUENCE);
        }
        Continuation continues = record.continues();
        if (continues != null && !continuations.expect(stored, continues)) {
            note(stored, Kind.UNCHECKED_CONTINUATION);
        }
        // Behind a hole the previous hash is that of a record which is not there: the hole says it all.
        if (follows && !record.previousHash().equals(expectedPreviousHash)) {
            note(stored, Kind.WRONG_PREVIOUS_HASH);
        }
        if (!AuditRecord.indexed(record.event()).equals(stored.indexed())) {
            note(stored, Kind.INDEX_CHANGED);
        }
    }

    private void note(StoredRecord record, Kind kind) {
        note(record.writerId(), record.sequence(), kind);
    }

    private void note(UUID writer, long sequence, Kind kind) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(writer, sequence, kind));
        }
    }
}
