package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.Continuation;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.Verification;
import io.clawsec.settings.SettingsSection;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What becomes of writes whose answer is lost, that are lost themselves, or that are refused for now. */
@Execution(ExecutionMode.CONCURRENT)
class UnknownOutcomesTest {

    private static final int FOR_GOOD = Integer.MAX_VALUE;
    /** Clocks tell nanoseconds; stores keep microseconds. */
    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00.000000789Z");

    private static final RateLimit LIMIT = new RateLimit(5, Duration.ofHours(1));

    private final Faults faults = new Faults();
    private final FakePauses pauses = new FakePauses();
    private final AuditSamples samples = new AuditSamples(6);
    private Stores stores;
    private DynamoDbStore store;

    @BeforeEach
    void open() {
        stores = new Stores();
        store = stores.another(pauses, UUID::randomUUID, faults);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void append(AuditEvent... events) {
        store.audit().append(List.of(events));
    }

    private void assertVerifies(long events, long writers) {
        assertThat(AuditVerifier.verify(stores.mine().audit())).isEqualTo(new Verification(events, writers, List.of()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_append_whose_answers_are_lost_is_written_once_and_said_to_be(boolean tokensForgotten) {
        if (tokensForgotten) {
            faults.forgetTokens();
        }
        faults.loseAnswers(3, Faults.TRANSACTIONS);
        append(samples.event(), samples.event());
        assertThat(faults.count(Faults.TRANSACTIONS)).isEqualTo(4);
        append(samples.event());
        assertVerifies(3, 1);
    }

    /** A token is what the service knows a transaction by, for ten minutes. */
    @Test
    void what_is_sent_again_is_the_same_transaction_and_what_is_new_is_another() {
        faults.loseAnswers(1, Faults.TRANSACTIONS);
        append(samples.event());
        faults.loseAnswers(1, Faults.TRANSACTIONS);
        assertThat(store.settings().save(SettingsSection.LLM, "{}", 0, samples.event()))
                .hasValue(1);
        faults.loseAnswers(1, Faults.TRANSACTIONS);
        reserve();
        List<String> tokens = faults.calls().stream()
                .filter(TransactWriteItemsRequest.class::isInstance)
                .map(sent -> ((TransactWriteItemsRequest) sent).clientRequestToken())
                .toList();
        assertThat(tokens).hasSize(6).doesNotContainNull();
        for (int i = 0; i < tokens.size(); i += 2) {
            assertThat(tokens.get(i)).isEqualTo(tokens.get(i + 1));
        }
        assertThat(Set.copyOf(tokens)).hasSize(3);
    }

    @Test
    void an_append_that_is_lost_on_its_way_is_sent_again() {
        faults.loseCalls(3, Faults.TRANSACTIONS);
        append(samples.event());
        append(samples.event());
        assertVerifies(2, 1);
    }

    @Test
    void where_every_answer_is_lost_but_the_records_are_seen_the_append_stands() {
        append(samples.event());
        faults.loseAnswers(FOR_GOOD, Faults.TRANSACTIONS);
        assertThatCode(() -> append(samples.event())).doesNotThrowAnyException();
        faults.heal();
        append(samples.event());
        assertVerifies(3, 1);
    }

    @Test
    void a_writer_in_doubt_ends_and_the_next_names_its_last_acknowledged_record() {
        AuditEvent acknowledged = samples.event();
        append(acknowledged);
        faults.loseAnswers(FOR_GOOD, Faults.EVERYTHING);
        assertThatThrownBy(() -> append(samples.event()))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("may have been written");
        faults.heal();
        AuditEvent next = samples.event();
        append(next);
        assertVerifies(3, 2); // a record that was never acknowledged may stand at the end of a chain
        StoredEvent head = stored(acknowledged);
        StoredEvent first = stored(next);
        assertThat(first.writerId()).isNotEqualTo(head.writerId());
        assertThat(first.sequence()).isZero();
        assertThat(first.continues()).isEqualTo(new Continuation(head.writerId(), head.sequence(), head.hash()));
    }

    private StoredEvent stored(AuditEvent event) {
        return stores.mine().audit().find(AuditQuery.newest(100)).events().stream()
                .filter(stored -> stored.event().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_writer_ends_where_nothing_reaches_the_service_and_nothing_says_so() {
        append(samples.event());
        faults.loseCalls(FOR_GOOD, Faults.TRANSACTIONS);
        assertThatThrownBy(() -> append(samples.event())).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> append(samples.event())).isInstanceOf(AuditUnavailableException.class);
        faults.heal();
        append(samples.event());
        assertVerifies(2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "ProvisionedThroughputExceededException, 400",
        "ThrottlingException, 400",
        "RequestLimitExceeded, 400",
        "TransactionInProgressException, 400",
        "InternalServerError, 500",
        "ServiceUnavailable, 503"
    })
    void what_passes_is_waited_for(String code, int status) {
        faults.refuse(4, Faults.EVERYTHING, code, status);
        append(samples.event());
        assertThat(pauses.pauses()).hasSize(4);
        append(samples.event());
        assertVerifies(2, 1);
    }

    @ParameterizedTest
    @CsvSource({"ThrottlingException, 400", "AccessDeniedException, 400", "ResourceNotFoundException, 400"})
    void what_was_refused_for_sure_leaves_the_chain_as_it_was(String code, int status) {
        append(samples.event());
        faults.refuse(FOR_GOOD, Faults.TRANSACTIONS, code, status);
        assertThatThrownBy(() -> append(samples.event()))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining(code)
                .hasMessageContaining("nothing was written")
                .hasMessageNotContaining("nobody should read");
        faults.heal();
        append(samples.event());
        assertVerifies(2, 1);
    }

    /** Where batches fail, whether at once or after some tries, the line is to refuse who comes later. */
    @ParameterizedTest
    @CsvSource({"ThrottlingException, 400", "AccessDeniedException, 400"})
    void a_batch_of_which_nothing_was_written_is_a_standstill_until_one_is(String code, int status) {
        append(samples.event());
        assertThat(store.queue().standstill()).isZero();
        faults.refuse(FOR_GOOD, Faults.TRANSACTIONS, code, status);
        assertThatThrownBy(() -> append(samples.event())).isInstanceOf(AuditUnavailableException.class);
        assertThat(store.queue().standstill()).isPositive();
        faults.heal();
        append(samples.event());
        assertThat(store.queue().standstill()).isZero();
    }

    @Test
    void a_duplicate_is_known_as_one_however_often_answers_are_lost() {
        AuditEvent event = samples.event();
        append(event);
        faults.loseAnswers(2, Faults.TRANSACTIONS);
        assertThatThrownBy(() -> append(event)).isInstanceOf(DuplicateEventException.class);
        append(samples.event());
        assertVerifies(2, 1);
    }

    /** Two processes restored from one snapshot that was taken too late. */
    @Test
    void a_writer_whose_place_another_took_ends_and_loses_nothing() {
        UUID shared = UUID.randomUUID(); // an engine that saw this test before remembers its tokens
        Deque<UUID> mine = new ArrayDeque<>(List.of(shared, UUID.randomUUID()));
        Deque<UUID> others = new ArrayDeque<>(List.of(shared, UUID.randomUUID()));
        try (DynamoDbStore one = stores.another(pauses, mine::remove, faults);
                DynamoDbStore two = stores.another(pauses, others::remove)) {
            one.audit().append(List.of(samples.event()));
            two.audit().append(List.of(samples.event()));
            one.audit().append(List.of(samples.event()));
            two.audit().append(List.of(samples.event()));
        }
        assertVerifies(4, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void settings_whose_answer_is_lost_are_saved_once_with_their_event(boolean tokensForgotten) {
        if (tokensForgotten) {
            faults.forgetTokens();
        }
        faults.loseAnswers(2, Faults.TRANSACTIONS);
        assertThat(store.settings().save(SettingsSection.LLM, "{}", 0, samples.event()))
                .hasValue(1);
        assertThat(stores.mine().settings().read().version()).isEqualTo(1);
        assertVerifies(1, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reservation_whose_answer_is_lost_is_counted_once(boolean tokensForgotten) {
        if (tokensForgotten) {
            faults.forgetTokens();
        }
        faults.loseAnswers(2, Faults.TRANSACTIONS);
        assertThat(reserve()).isInstanceOf(ReserveResult.Granted.class);
        assertThat(reserve()).isEqualTo(new ReserveResult.Granted(Optional.of(quota(3))));
        assertThat(stores.mine().usage().unsettledBefore(Instant.MAX, 10)).hasSize(2);
    }

    @Test
    void a_reservation_that_cannot_be_kept_is_unavailable() {
        faults.refuse(FOR_GOOD, Faults.TRANSACTIONS, "ThrottlingException", 400);
        assertThatThrownBy(this::reserve)
                .isInstanceOf(UsageUnavailableException.class)
                .hasMessageContaining("ThrottlingException");
        faults.heal();
        assertThat(reserve()).isEqualTo(new ReserveResult.Granted(Optional.of(quota(4))));
    }

    private ReserveResult reserve() {
        return store.usage()
                .reserve(new Reservation(samples.uuid(), "ada", "ada", "agent", "/query", HOUR), List.of(LIMIT));
    }

    private static io.clawsec.usage.Quota quota(long remaining) {
        return new io.clawsec.usage.Quota(5, remaining, 3600);
    }
}
