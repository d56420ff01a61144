package io.clawsec.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.StoredRecord.IndexedFields;
import io.clawsec.audit.Verification.Kind;
import io.clawsec.audit.Verification.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuditVerifierTest {

    private static final UUID WRITER = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private static List<StoredRecord> chain(UUID writer, int length) {
        AuditChain chain = new AuditChain(() -> writer);
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            records.add(chain.next(Events.event(i)));
        }
        return records;
    }

    private static Verification verify(List<StoredRecord> records) {
        AuditVerifier verifier = new AuditVerifier();
        records.forEach(verifier);
        return verifier.verification();
    }

    private static StoredRecord filed(StoredRecord record, UUID writer, long sequence) {
        return new StoredRecord(writer, sequence, record.hash(), record.indexed(), record.bytes());
    }

    private static StoredRecord withBytes(StoredRecord record, String bytes, boolean rehashed) {
        byte[] utf8 = bytes.getBytes(StandardCharsets.UTF_8);
        String hash = rehashed ? AuditChain.hash(utf8) : record.hash();
        return new StoredRecord(record.writerId(), record.sequence(), hash, record.indexed(), utf8);
    }

    private static StoredRecord withIndexed(StoredRecord record, IndexedFields indexed) {
        return new StoredRecord(record.writerId(), record.sequence(), record.hash(), indexed, record.bytes());
    }

    private static String text(StoredRecord record) {
        return new String(record.bytes(), StandardCharsets.UTF_8);
    }

    private static Problem at(long sequence, Kind kind) {
        return new Problem(WRITER, sequence, kind);
    }

    private static Arguments tampering(String what, Consumer<List<StoredRecord>> change, Problem... problems) {
        return Arguments.of(what, change, List.of(problems));
    }

    /** What is done to a chain of six, and what the verifier says of it. */
    static Stream<Arguments> tamperings() {
        return Stream.of(
                tampering("nothing", records -> {}),
                tampering(
                        "bytes changed",
                        r -> r.set(2, withBytes(r.get(2), text(r.get(2)).replace("user-2", "user-9"), false)),
                        at(2, Kind.BYTES_CHANGED)),
                tampering(
                        "bytes, index and hash changed together",
                        r -> {
                            StoredRecord changed =
                                    withBytes(r.get(2), text(r.get(2)).replace("user-2", "user-9"), true);
                            IndexedFields old = changed.indexed();
                            r.set(
                                    2,
                                    withIndexed(
                                            changed,
                                            new IndexedFields(
                                                    old.id(),
                                                    old.timestampMicros(),
                                                    old.type(),
                                                    "user-9",
                                                    old.outcome(),
                                                    old.requestId())));
                        },
                        at(3, Kind.WRONG_PREVIOUS_HASH)),
                tampering(
                        "hash changed",
                        r -> r.set(
                                2,
                                new StoredRecord(
                                        WRITER,
                                        2,
                                        "0".repeat(64),
                                        r.get(2).indexed(),
                                        r.get(2).bytes())),
                        at(2, Kind.BYTES_CHANGED),
                        at(3, Kind.WRONG_PREVIOUS_HASH)),
                tampering(
                        "index changed",
                        r -> r.set(2, withIndexed(r.get(2), r.get(3).indexed())),
                        at(2, Kind.INDEX_CHANGED)),
                tampering(
                        "user hidden from the index",
                        r -> {
                            IndexedFields old = r.get(2).indexed();
                            r.set(
                                    2,
                                    withIndexed(
                                            r.get(2),
                                            new IndexedFields(
                                                    old.id(),
                                                    old.timestampMicros(),
                                                    old.type(),
                                                    null,
                                                    old.outcome(),
                                                    old.requestId())));
                        },
                        at(2, Kind.INDEX_CHANGED)),
                tampering("one removed", r -> r.remove(2), at(2, Kind.HOLE)),
                tampering("the first removed", r -> r.remove(0), at(0, Kind.HOLE)),
                tampering("several removed", r -> r.subList(1, 4).clear(), at(1, Kind.HOLE)),
                tampering(
                        "one removed and the rest moved up",
                        r -> {
                            r.remove(4);
                            r.set(4, filed(r.get(4), WRITER, 4));
                        },
                        at(4, Kind.WRONG_SEQUENCE),
                        at(4, Kind.WRONG_PREVIOUS_HASH)),
                tampering(
                        "two swapped, places and all",
                        r -> {
                            StoredRecord second = r.get(2);
                            r.set(2, filed(r.get(3), WRITER, 2));
                            r.set(3, filed(second, WRITER, 3));
                        },
                        at(2, Kind.WRONG_SEQUENCE),
                        at(2, Kind.WRONG_PREVIOUS_HASH),
                        at(3, Kind.WRONG_SEQUENCE),
                        at(3, Kind.WRONG_PREVIOUS_HASH),
                        at(4, Kind.WRONG_PREVIOUS_HASH)),
                tampering(
                        "two handed over in the wrong order",
                        r -> Collections.swap(r, 2, 3),
                        at(2, Kind.HOLE),
                        at(2, Kind.OUT_OF_ORDER)),
                tampering("one twice", r -> r.add(3, r.get(2)), at(2, Kind.REPEATED_SEQUENCE)),
                tampering(
                        "one of another chain put in",
                        r -> r.set(2, filed(chain(OTHER, 3).get(2), WRITER, 2)),
                        at(2, Kind.WRONG_WRITER),
                        at(2, Kind.WRONG_PREVIOUS_HASH),
                        at(3, Kind.WRONG_PREVIOUS_HASH)),
                tampering("not a record", r -> r.set(5, withBytes(r.get(5), "{}", true)), at(5, Kind.UNREADABLE)),
                tampering(
                        "a later version",
                        r -> r.set(
                                5,
                                withBytes(
                                        r.get(5),
                                        text(r.get(5)).replace("\"format_version\":1", "\"format_version\":2"),
                                        true)),
                        at(5, Kind.UNKNOWN_VERSION)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void each_tampering_is_found_and_named_by_its_place(
            String what, Consumer<List<StoredRecord>> change, List<Problem> problems) {
        List<StoredRecord> records = chain(WRITER, 6);
        change.accept(records);
        Verification verification = verify(records);
        assertThat(verification.problems()).isEqualTo(problems);
        assertThat(verification.verified()).isEqualTo(problems.isEmpty());
        assertThat(verification.events()).isEqualTo(records.size());
    }

    @Test
    void every_single_changed_byte_is_found() {
        List<StoredRecord> records = chain(WRITER, 3);
        byte[] bytes = records.get(1).bytes();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            assertThat(verify(records).problems()).as("byte %d", i).containsExactly(at(1, Kind.BYTES_CHANGED));
            bytes[i] ^= 1;
        }
        assertThat(verify(records).verified()).isTrue();
    }

    @Test
    void chains_are_counted_and_checked_each_for_itself() {
        List<StoredRecord> records = new ArrayList<>(chain(WRITER, 3));
        records.addAll(chain(OTHER, 4));
        assertThat(verify(records)).isEqualTo(new Verification(7, 2, List.of()));
        records.remove(3);
        assertThat(verify(records).problems()).containsExactly(new Problem(OTHER, 0, Kind.HOLE));
    }

    @Test
    void the_list_of_problems_is_bounded() {
        List<StoredRecord> records = chain(WRITER, 2 * AuditVerifier.MOST_PROBLEMS);
        records.replaceAll(record -> withBytes(record, "{}", false));
        Verification verification = verify(records);
        assertThat(verification.problems()).hasSize(AuditVerifier.MOST_PROBLEMS);
        assertThat(verification.events()).isEqualTo(records.size());
    }

    @Test
    void nothing_verifies() {
        assertThat(verify(List.of())).isEqualTo(new Verification(0, 0, List.of()));
    }
}
