package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.store.AuditCursor;
import io.clawsec.store.sql.AuditPageSql;
import io.clawsec.testkit.AuditSamples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite says it will go about each query. */
class AuditPageSqlTest {

    private static final Instant NOON = AuditSamples.START;
    private static final String CURSOR = new AuditCursor(1_795_000_000_000_000L, 7).text();

    @TempDir
    private Path folder;

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

    private static List<String> plan(Connection connection, AuditQuery query) throws SQLException {
        AuditPageSql sql = SqliteAuditRepository.sql(query);
        List<String> steps = new ArrayList<>();
        try (PreparedStatement statement =
                        new AuditPageSql("EXPLAIN QUERY PLAN " + sql.sql(), sql.parameters()).prepare(connection);
                ResultSet plan = statement.executeQuery()) {
            while (plan.next()) {
                steps.add(plan.getString("detail"));
            }
        }
        return steps;
    }

    @Test
    void every_combination_of_filters_walks_one_index_and_sorts_nothing() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(folder.resolve("clawsec.db"));
        try (Connection connection = database.connectReader()) {
            for (int chosen = 0; chosen < 128; chosen++) {
                List<String> plan = plan(connection, query(chosen));
                assertThat(plan).as("filters %d", chosen).hasSize(1);
                if (chosen == 0) {
                    assertThat(plan.get(0)).isEqualTo("SCAN audit_events USING INDEX audit_events_by_time");
                } else {
                    assertThat(plan.get(0)).as("filters %d", chosen).startsWith("SEARCH audit_events USING INDEX");
                }
            }
        }
    }

    @Test
    void a_cursor_enters_the_index_where_the_page_before_ended() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(folder.resolve("clawsec.db"));
        try (Connection connection = database.connectReader()) {
            assertThat(plan(connection, query(64 + 2)).get(0)).contains("user_id=? AND timestamp_micros<?");
        }
    }

    @Test
    void no_value_of_a_query_is_in_its_sql() {
        assertThat(SqliteAuditRepository.sql(query(127)).sql())
                .doesNotContain("ada")
                .doesNotContain("llm_query");
    }
}
