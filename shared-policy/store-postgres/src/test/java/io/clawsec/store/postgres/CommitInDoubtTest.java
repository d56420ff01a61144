package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.Continuation;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.settings.SettingsSection;
import io.clawsec.store.postgres.CuttingProxy.Cut;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a commit whose answer is lost. */
@Timeout(60)
class CommitInDoubtTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AuditSamples samples = new AuditSamples(77);
    private final TestDatabase database = new TestDatabase();
    private CuttingProxy proxy;
    private PostgresStore store;

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(database.runtime());
        store = open(Duration.ofSeconds(10));
    }

    private PostgresStore open(Duration doubtWait) {
        return PostgresStore.open(
                proxy.through(database.runtime()),
                UUID::randomUUID,
                new PostgresWriter.Bounds(64, 64, LONG, doubtWait));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        proxy.close();
        database.close();
    }

    private void append() {
        store.audit().append(samples.events(2));
    }

    private Verification verify() {
        return AuditVerifier.verify(database.mine().audit());
    }

    @ParameterizedTest
    @EnumSource(names = "NOWHERE", mode = EnumSource.Mode.EXCLUDE)
    void an_append_is_there_once_wherever_its_connection_was_cut(Cut cut) {
        append();
        proxy.cutNext(cut, false);
        append();
        assertThat(proxy.hasCut()).isTrue();
        append();
        assertThat(verify()).isEqualTo(new Verification(6, 1, List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void where_nobody_can_be_asked_in_time_the_writer_ends_and_the_next_one_names_it(Cut cut) throws Exception {
        store.close();
        store = open(Duration.ofMillis(200));
        append();
        proxy.cutNext(cut, true);
        assertThatThrownBy(this::append).isInstanceOf(AuditUnavailableException.class);
        proxy.heal();
        append();
        append();
        List<StoredRecord> records = new ArrayList<>();
        database.mine().audit().forEachRecord(records::add);
        List<AuditRecord> first = new ArrayList<>();
        for (StoredRecord record : records) {
            AuditRecord parsed = AuditRecord.parse(record.bytes());
            if (parsed.continues() != null) {
                first.add(parsed);
            }
        }
        assertThat(first).hasSize(1);
        Continuation named = Objects.requireNonNull(first.get(0).continues());
        assertThat(records)
                .filteredOn(record -> record.writerId().equals(named.writerId()) && record.sequence() == 1)
                .as("the second event of the first append is the last that was acknowledged")
                .extracting(StoredRecord::hash)
                .containsExactly(named.hash());
        int trailing = cut == Cut.AFTER_COMMIT ? 2 : 0;
        assertThat(verify()).isEqualTo(new Verification(6 + trailing, 2, List.of()));
    }

    @ParameterizedTest
    @EnumSource(names = "NOWHERE", mode = EnumSource.Mode.EXCLUDE)
    void a_request_is_counted_once_wherever_its_connection_was_cut(Cut cut) throws Exception {
        RateLimit limit = new RateLimit(10, Duration.ofHours(1));
        Instant at = AuditSamples.START;
        proxy.cutNext(cut, false);
        ReserveResult result = store.usage()
                .reserve(new Reservation(samples.uuid(), "ada", "ada", "agent", "/query", at), List.of(limit));
        assertThat(result.<Long>fold(granted -> granted.quota().orElseThrow().remaining(), exhausted -> -1L))
                .isEqualTo(9);
        assertThat(proxy.hasCut()).isTrue();
        assertThat(database.number("SELECT requests FROM usage_counters")).isEqualTo(1);
        assertThat(store.usage().unsettledBefore(Instant.MAX, 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "NOWHERE", mode = EnumSource.Mode.EXCLUDE)
    void a_change_of_settings_is_made_once_with_its_event_wherever_its_connection_was_cut(Cut cut) {
        proxy.cutNext(cut, false);
        assertThat(store.settings().save(SettingsSection.LLM, "{}", 0, samples.event()))
                .hasValue(1);
        assertThat(proxy.hasCut()).isTrue();
        assertThat(store.settings().read().version()).isEqualTo(1);
        assertThat(verify()).isEqualTo(new Verification(1, 1, List.of()));
    }
}
