package io.clawsec.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    private final AtomicInteger idsMade = new AtomicInteger();
    private final AuditChain chain = new AuditChain(() -> new UUID(9, idsMade.incrementAndGet()));

    @Test
    void the_writer_id_is_made_at_the_first_record_and_once() {
        assertThat(idsMade).hasValue(0);
        chain.next(Events.event(0));
        chain.next(Events.event(1));
        assertThat(idsMade).hasValue(1);
    }

    @Test
    void each_record_goes_on_from_the_one_before() throws Exception {
        String previous = AuditChain.FIRST_PREVIOUS_HASH;
        for (int i = 0; i < 5; i++) {
            StoredRecord stored = chain.next(Events.event(i));
            AuditRecord record = AuditRecord.parse(stored.bytes());
            assertThat(record).isEqualTo(new AuditRecord(Events.event(i), chain.writerId(), i, previous));
            assertThat(stored.sequence()).isEqualTo(i);
            assertThat(stored.indexed().userId()).isEqualTo("user-" + i);
            previous = stored.hash();
        }
    }

    @Test
    void the_hash_is_sha_256_in_lower_case_hex() { // the vector of FIPS 180-4
        assertThat(AuditChain.hash(new byte[] {'a', 'b', 'c'}))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void a_head_that_moved_back_leaves_no_hole() {
        chain.next(Events.event(0));
        AuditChain.Head mark = chain.head();
        StoredRecord undone = chain.next(Events.event(1));
        chain.moveTo(mark);
        StoredRecord again = chain.next(Events.event(1));
        assertThat(again.hash()).isEqualTo(undone.hash());
        assertThat(again.sequence()).isEqualTo(1);
    }

    @Test
    void an_event_without_a_stored_form_leaves_the_head_where_it_was() {
        AuditChain.Head mark = chain.head();
        assertThatThrownBy(() -> chain.next(Events.withMetadata(Map.of("fraction", 0.5))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(chain.head()).isEqualTo(mark).isEqualTo(AuditChain.Head.START);
    }

    private static @Nullable Continuation continues(StoredRecord record) throws UnreadableRecordException {
        return AuditRecord.parse(record.bytes()).continues();
    }

    @Test
    void a_writer_that_ends_is_named_with_its_last_acknowledged_record_by_the_next_one() throws Exception {
        StoredRecord acknowledged = chain.next(Events.event(0));
        AuditChain.Head head = chain.head();
        chain.next(Events.event(1)); // in doubt for good
        chain.endWriter(head);
        StoredRecord first = chain.next(Events.event(2));
        assertThat(first.writerId()).isNotEqualTo(acknowledged.writerId());
        assertThat(first.sequence()).isZero();
        assertThat(AuditRecord.parse(first.bytes()).previousHash()).isEqualTo(AuditChain.FIRST_PREVIOUS_HASH);
        assertThat(continues(first))
                .isEqualTo(new Continuation(acknowledged.writerId(), acknowledged.sequence(), acknowledged.hash()));
        assertThat(continues(chain.next(Events.event(3)))).isNull();
        assertThat(idsMade).hasValue(2);
    }

    @Test
    void a_first_record_that_is_undone_names_the_ended_writer_when_it_comes_again() throws Exception {
        chain.next(Events.event(0));
        chain.endWriter(chain.head());
        StoredRecord undone = chain.next(Events.event(1));
        chain.moveTo(AuditChain.Head.START);
        assertThat(chain.next(Events.event(1)).hash()).isEqualTo(undone.hash());
    }

    @Test
    void a_writer_that_ends_with_nothing_acknowledged_passes_on_what_it_would_have_named() throws Exception {
        StoredRecord acknowledged = chain.next(Events.event(0));
        chain.endWriter(chain.head());
        chain.next(Events.event(1)); // in doubt, and the first of its chain
        chain.endWriter(AuditChain.Head.START);
        assertThat(continues(chain.next(Events.event(2))))
                .isEqualTo(new Continuation(acknowledged.writerId(), 0, acknowledged.hash()));
    }

    @Test
    void the_very_first_writer_names_nobody_even_when_it_ends_before_anything_was_acknowledged() throws Exception {
        chain.next(Events.event(0));
        chain.endWriter(AuditChain.Head.START);
        assertThat(continues(chain.next(Events.event(1)))).isNull();
    }
}
