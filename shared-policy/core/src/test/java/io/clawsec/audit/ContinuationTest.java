package io.clawsec.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.Verification.Kind;
import io.clawsec.audit.Verification.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the verifier says of chains that go on from others. */
class ContinuationTest {

    private static final UUID NEW_WRITER = new UUID(0, 2);

    /** Three records of an old writer, the last of them never acknowledged, then two of a new one. */
    private static List<StoredRecord> twoChains() {
        AtomicLong writers = new AtomicLong();
        AuditChain chain = new AuditChain(() -> new UUID(0, writers.incrementAndGet()));
        List<StoredRecord> records = new ArrayList<>();
        records.add(chain.next(Events.event(0)));
        records.add(chain.next(Events.event(1)));
        AuditChain.Head acknowledged = chain.head();
        records.add(chain.next(Events.event(2)));
        chain.endWriter(acknowledged);
        records.add(chain.next(Events.event(3)));
        records.add(chain.next(Events.event(4)));
        return records;
    }

    private static Verification verify(List<StoredRecord> records) {
        AuditVerifier verifier = new AuditVerifier();
        records.forEach(verifier);
        if (verifier.needsSecondReading()) {
            records.forEach(verifier::acceptAgain);
        }
        return verifier.verification();
    }

    private static Arguments tampering(String what, Consumer<List<StoredRecord>> change, Problem... problems) {
        return Arguments.of(what, change, List.of(problems));
    }

    /** An old chain of as many records, whose hashes are others. */
    private static List<StoredRecord> forged(UUID writer, int length) {
        AuditChain chain = new AuditChain(() -> writer);
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            records.add(chain.next(Events.event(100 + i)));
        }
        return records;
    }

    static Stream<Arguments> tamperings() {
        Problem wrong = new Problem(NEW_WRITER, 0, Kind.WRONG_CONTINUATION);
        return Stream.of(
                tampering("nothing", records -> {}),
                tampering("the unacknowledged record is not there", records -> records.remove(2)),
                tampering(
                        "the whole old chain is purged",
                        records -> records.subList(0, 3).clear()),
                tampering(
                        "the named record and what follows is cut off",
                        records -> records.subList(1, 3).clear(),
                        wrong),
                tampering(
                        "the old chain is forged as a whole",
                        records -> {
                            UUID old = records.get(0).writerId();
                            for (int i = 0; i < 3; i++) {
                                records.set(i, forged(old, 3).get(i));
                            }
                        },
                        wrong),
                tampering("the chains are handed over in the other order", records -> Collections.rotate(records, 2)),
                tampering(
                        "cut off, and in the other order",
                        records -> {
                            records.subList(1, 3).clear();
                            Collections.rotate(records, 2);
                        },
                        wrong));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void a_chain_that_goes_on_from_another_vouches_for_the_record_that_it_names(
            String what, Consumer<List<StoredRecord>> change, List<Problem> problems) {
        List<StoredRecord> records = twoChains();
        change.accept(records);
        assertThat(verify(records).problems()).isEqualTo(problems);
    }

    @Test
    void a_changed_statement_is_a_changed_record() {
        List<StoredRecord> records = twoChains();
        StoredRecord first = records.get(3);
        byte[] bytes = first.bytes().clone();
        bytes[bytes.length - 10] ^= 1; // in the hash of the named record
        records.set(3, new StoredRecord(first.writerId(), first.sequence(), first.hash(), first.indexed(), bytes));
        assertThat(verify(records).problems()).containsExactly(new Problem(NEW_WRITER, 0, Kind.BYTES_CHANGED));
    }

    @Test
    void more_statements_than_fit_are_named_as_unchecked() {
        ContinuationCheck check = new ContinuationCheck(1);
        List<StoredRecord> records = twoChains();
        Continuation named = new Continuation(records.get(0).writerId(), 9, "ab".repeat(32));
        assertThat(check.expect(records.get(3), named)).isTrue();
        assertThat(check.expect(records.get(4), named)).isFalse();
        records.forEach(check::see);
        assertThat(check.problems()).containsExactly(new Problem(NEW_WRITER, 0, Kind.WRONG_CONTINUATION));
    }

    @Test
    void trails_without_such_chains_are_read_once() {
        AuditVerifier verifier = new AuditVerifier();
        forged(NEW_WRITER, 3).forEach(verifier);
        assertThat(verifier.needsSecondReading()).isFalse();
    }
}
