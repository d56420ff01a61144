package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.store.AuditCursor;
import io.clawsec.store.sql.AuditPageSql;
import io.clawsec.testkit.AuditSamples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How PostgreSQL says it will go about each query. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditPageSqlTest {

    private static final Instant NOON = AuditSamples.START;
    private static final String CURSOR = new AuditCursor(AuditRecord.micros(NOON) + 30_000_000, 7).text();

    private final TestDatabase database = new TestDatabase();
    private PostgresDatabase connections;

    @BeforeAll
    void open() {
        connections = PostgresDatabase.open(database.runtime());
    }

    @AfterAll
    void close() {
        connections.close();
        database.close();
    }

    private static AuditQuery query(int chosen) {
        return new AuditQuery(
                10,
                (chosen & 64) == 0 ? null : CURSOR,
                (chosen & 1) == 0 ? null : EventType.LLM_QUERY,
                (chosen & 2) == 0 ? null : "ada",
                (chosen & 4) == 0 ? null : EventOutcome.DENIED,
                (chosen & 8) == 0 ? null : new UUID(1, 1),
                (chosen & 16) == 0 ? null : NOON,
                (chosen & 32) == 0 ? null : NOON.plusSeconds(60));
    }

    private List<String> plan(AuditQuery query) throws SQLException {
        AuditPageSql sql = PostgresAuditRepository.sql(query);
        List<String> steps = new ArrayList<>();
        try (Connection connection = connections.borrow();
                PreparedStatement statement =
                        new AuditPageSql("EXPLAIN (COSTS OFF) " + sql.sql(), sql.parameters()).prepare(connection);
                ResultSet plan = statement.executeQuery()) {
            while (plan.next()) {
                steps.add(plan.getString(1).strip());
            }
        }
        return steps;
    }

    @Test
    void every_combination_of_filters_walks_an_index_of_each_month_backwards_and_sorts_nothing() throws Exception {
        for (int chosen = 0; chosen < 128; chosen++) {
            List<String> plan = plan(query(chosen));
            assertThat(plan)
                    .as("filters %d", chosen)
                    .noneMatch(step -> step.matches("(?:-> *)?(Sort|Incremental Sort|Seq Scan.*|Bitmap.*)"));
            assertThat(plan)
                    .as("filters %d", chosen)
                    .filteredOn(step -> step.contains("Scan"))
                    .isNotEmpty()
                    .allMatch(step -> step.contains("Index Scan Backward using"));
        }
    }

    @Test
    void each_filter_is_a_condition_of_its_index() throws Exception {
        assertThat(plan(query(1))).anyMatch(step -> step.startsWith("Index Cond: (event_type = "));
        assertThat(plan(query(2))).anyMatch(step -> step.startsWith("Index Cond: (user_id = "));
        assertThat(plan(query(4))).anyMatch(step -> step.startsWith("Index Cond: (outcome = "));
        assertThat(plan(query(8))).anyMatch(step -> step.startsWith("Index Cond: (request_id = "));
    }

    @Test
    void of_several_filters_the_most_selective_one_enters_its_index() throws Exception {
        for (int chosen = 1; chosen < 16; chosen++) {
            String column = (chosen & 8) != 0
                    ? "request_id"
                    : (chosen & 2) != 0 ? "user_id" : (chosen & 1) != 0 ? "event_type" : "outcome";
            assertThat(plan(query(chosen)))
                    .as("filters %d", chosen)
                    .filteredOn(step -> step.startsWith("Index Cond:"))
                    .isNotEmpty()
                    .allMatch(step -> step.startsWith("Index Cond: (" + column + " = ") && !step.contains(" AND "));
        }
    }

    @Test
    void a_cursor_enters_the_index_where_the_page_before_ended_and_leaves_out_the_months_behind_it() throws Exception {
        List<String> plan = plan(query(64 + 2));
        assertThat(plan)
                .filteredOn(step -> step.startsWith("Index Cond:"))
                .allMatch(step ->
                        step.contains("user_id = ") && step.contains("ROW(timestamp_micros, \"position\") < ROW("));
        assertThat(plan).noneMatch(step -> step.contains("audit_events_2026_12"));
    }

    @Test
    void a_range_of_time_leaves_out_the_months_outside_it() throws Exception {
        assertThat(plan(query(16 + 32)))
                .filteredOn(step -> step.contains("Scan"))
                .allMatch(step -> step.contains("2026_11") || step.contains("default"));
    }

    @Test
    void no_value_of_a_query_is_in_its_sql() {
        assertThat(PostgresAuditRepository.sql(query(127)).sql())
                .doesNotContain("ada")
                .doesNotContain("llm_query");
    }
}
