package io.clawsec.store.postgres.migrate;

import io.clawsec.store.postgres.PostgresUrl;
import io.clawsec.store.postgres.SchemaVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the version of this program, with its owner's rights: the tables, the partitions of this month and
 * of the coming ones, and what the run-time role may do. Running it again does what is missing.
 */
public final class Migration {

    /** How many months beyond the current one have a partition afterwards. */
    public static final int MONTHS_AHEAD = 12;

    private static final String LOCATION = "classpath:io/clawsec/store/postgres/migration";

    /** How long tables are waited for that services use: making a partition locks its parent for a moment. */
    private static final int LOCK_WAIT_SECONDS = 10;

    /** How long another migration of the same database is waited for. */
    private static final int TURN_WAIT_SECONDS = 120;

    /** "Claw": one migration of a database at a time; released with the connection. */
    private static final String AWAIT_TURN = "SELECT pg_advisory_lock(x'436c6177'::integer)";

    private final PostgresUrl owner;
    private final Clock clock;

    /**
     * What was done.
     *
     * @param versionBefore of the tables; 0 where there were none
     * @param versionAfter of the tables
     * @param partitionsMade months that have a partition now and had none
     * @param monthsLeft months whose events lie in the default partition, where they stay
     */
    public record Result(
            int versionBefore, int versionAfter, List<YearMonth> partitionsMade, List<YearMonth> monthsLeft) {

        public Result {
            partitionsMade = List.copyOf(partitionsMade);
            monthsLeft = List.copyOf(monthsLeft);
        }
    }

    /**
     * Prepares a migration.
     *
     * @param owner as whom the tables are made, and whose they are from then on
     */
    public Migration(PostgresUrl owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * Migrates.
     *
     * @param runtimeRole what services connect as; null where no role is to be granted anything
     * @throws MigrationException when it cannot be done; what was done until then stands
     */
    public Result run(@Nullable String runtimeRole) {
        Flyway flyway = Flyway.configure(Migration.class.getClassLoader())
                .dataSource(owner.dataSource())
                .locations(LOCATION)
                .table(SchemaVersion.HISTORY_TABLE)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .loggers("slf4j")
                .load();
        try (Connection connection = owner.dataSource().getConnection()) {
            if (runtimeRole != null) {
                RuntimeRole.require(connection, runtimeRole);
            }
            awaitTurn(connection);
            int before = version(flyway);
            flyway.migrate();
            List<YearMonth> made = new ArrayList<>();
            List<YearMonth> left = new ArrayList<>();
            makePartitions(connection, made, left);
            if (runtimeRole != null) {
                RuntimeRole.grant(connection, runtimeRole);
            }
            return new Result(before, version(flyway), made, left);
        } catch (SQLException | FlywayException e) {
            throw new MigrationException("the database cannot be migrated: " + e.getMessage(), e);
        }
    }

    /** Two that make the same partition, or grant the same right, fail each other. */
    private static void awaitTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + TURN_WAIT_SECONDS + "s'");
            statement.execute(AWAIT_TURN);
            statement.execute("SET lock_timeout = '" + LOCK_WAIT_SECONDS + "s'");
        }
    }

    private static int version(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        return current == null ? 0 : Integer.parseInt(current.getVersion().getVersion());
    }

    private void makePartitions(Connection connection, List<YearMonth> made, List<YearMonth> left) throws SQLException {
        YearMonth first = YearMonth.now(clock);
        try (PreparedStatement statement = connection.prepareStatement("SELECT audit_add_partition(?)")) {
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                YearMonth month = first.plusMonths(ahead);
                statement.setObject(1, month.atDay(1));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    boolean isNew = row.getBoolean(1);
                    if (row.wasNull()) {
                        left.add(month);
                    } else if (isNew) {
                        made.add(month);
                    }
                }
            }
        }
    }
}
