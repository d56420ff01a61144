package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.testkit.AuditRepositoryContract;
import io.clawsec.testkit.AuditSamples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresAuditRepositoryTest extends AuditRepositoryContract {

    private final TestDatabase database = new TestDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected AuditRepository repository() {
        return database.mine().audit();
    }

    @Override
    protected AuditRepository otherProcess() {
        return database.another().audit();
    }

    @Override
    protected void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        database.tamper(stored, replacement);
    }

    @Test
    void a_record_that_cannot_be_read_makes_its_pages_unavailable_and_is_named_by_the_verifier() throws Exception {
        repository().append(new AuditSamples(1).events(3));
        database.intrude("UPDATE audit_events SET record = '\\x7b7d' WHERE sequence = 1");
        assertThatThrownBy(() -> repository().find(AuditQuery.newest(3)))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageNotContaining("7b7d");
        assertThat(AuditVerifier.verify(repository()).problems())
                .extracting(Verification.Problem::kind)
                .containsExactly(Verification.Kind.BYTES_CHANGED);
    }

    /** The pool says of a connection that it has given up that it is closed, and nothing of why. */
    @Test
    void a_connection_that_ends_under_a_task_is_replaced_and_the_batch_is_tried_again() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        PostgresTask<Integer> task = new PostgresTask<>() {
            @Override
            public Integer run(WriteBatch batch) throws SQLException {
                try (Statement statement = batch.connection().createStatement()) {
                    if (runs.incrementAndGet() == 1) {
                        statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
                    }
                    return statement.executeUpdate("UPDATE write_probes SET probes = 7");
                }
            }

            @Override
            public boolean speaksSql() {
                return true;
            }
        };
        assertThat(database.mine().writer().write(task)).isEqualTo(1);
        assertThat(runs).hasValue(2);
        assertThat(database.number("SELECT probes FROM write_probes")).isEqualTo(7);
    }

    @Test
    void an_id_is_unique_over_all_months_and_so_is_a_place_in_a_chain() {
        AuditSamples samples = new AuditSamples(2);
        AuditEvent january = samples.eventAt(Instant.parse("2027-01-10T00:00:00Z"));
        AuditEvent february = at(january, Instant.parse("2027-02-10T00:00:00Z"));
        repository().append(List.of(january));
        assertThatThrownBy(() -> otherProcess().append(List.of(february))).isInstanceOf(DuplicateEventException.class);
        assertThatThrownBy(() -> database.execute("INSERT INTO audit_ids (id, writer_id, sequence) "
                        + "SELECT gen_random_uuid(), writer_id, sequence FROM audit_ids"))
                .hasMessageContaining("audit_ids_writer_id_sequence_key");
    }

    private static AuditEvent at(AuditEvent event, Instant timestamp) {
        return new AuditEvent(
                event.id(),
                timestamp,
                event.type(),
                event.userId(),
                event.role(),
                event.action(),
                event.resource(),
                event.outcome(),
                event.policyViolations(),
                event.metadata(),
                event.ipAddress(),
                event.requestId());
    }

    @Test
    void a_process_whose_place_is_taken_by_a_copy_of_it_goes_on_as_another_writer() {
        AuditSamples samples = new AuditSamples(6);
        AtomicLong ids = new AtomicLong();
        Supplier<UUID> copied = () -> new UUID(7, ids.getAndIncrement() / 4); // the same for the chains of both
        try (PostgresStore one = PostgresStore.open(database.runtime(), copied);
                PostgresStore copy = PostgresStore.open(database.runtime(), copied)) {
            one.audit().append(List.of(samples.event()));
            assertThatThrownBy(() -> copy.audit().append(List.of(samples.event())))
                    .isInstanceOf(AuditUnavailableException.class);
            copy.audit().append(List.of(samples.event()));
            one.audit().append(List.of(samples.event()));
        }
        assertThat(AuditVerifier.verify(repository())).isEqualTo(new Verification(3, 2, List.of()));
    }

    @Test
    void a_probe_does_not_wait_as_long_as_callers_and_a_lock_that_is_let_go_ends_the_standstill() throws Exception {
        AuditSamples samples = new AuditSamples(8);
        PostgresStore store =
                database.open(new PostgresWriter.Bounds(16, 16, Duration.ofSeconds(3), Duration.ofSeconds(5)));
        try (Connection other = database.raw();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE write_probes");
            assertThatThrownBy(() -> store.audit().probe())
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("longer than 1000 ms");
            assertThat(store.queue().refuses()).isTrue();
            assertThatThrownBy(() -> store.audit().append(List.of(samples.event())))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("nothing was written");
            other.rollback();
        }
        while (store.queue().refuses()) {
            Thread.onSpinWait();
        }
        store.audit().append(List.of(samples.event()));
        assertThat(AuditVerifier.verify(repository())).isEqualTo(new Verification(1, 1, List.of()));
    }

    @Test
    void events_lie_in_the_partition_of_their_month_and_where_there_is_none_in_the_default_one() throws Exception {
        AuditSamples samples = new AuditSamples(3);
        repository()
                .append(List.of(
                        samples.eventAt(Instant.parse("2026-11-30T23:59:59.999999Z")),
                        samples.eventAt(Instant.parse("2026-12-01T00:00:00Z")),
                        samples.eventAt(Instant.parse("2026-10-31T23:59:59.999999Z")),
                        samples.eventAt(Instant.parse("2031-01-01T00:00:00Z"))));
        assertThat(database.number("SELECT count(*) FROM audit_events_2026_11")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM audit_events_2026_12")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM audit_events_default")).isEqualTo(2);
        assertThat(repository().find(AuditQuery.newest(10)).events())
                .extracting(stored -> stored.event().timestamp().toString())
                .containsExactly(
                        "2031-01-01T00:00:00Z",
                        "2026-12-01T00:00:00Z",
                        "2026-11-30T23:59:59.999999Z",
                        "2026-10-31T23:59:59.999999Z");
        assertThat(AuditVerifier.verify(repository())).isEqualTo(new Verification(4, 1, List.of()));
    }
}
