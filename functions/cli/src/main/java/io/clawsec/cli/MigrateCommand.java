package io.clawsec.cli;

import io.clawsec.store.dynamodb.DynamoDbStoreProvider;
import io.clawsec.store.dynamodb.DynamoDbTables;
import io.clawsec.store.dynamodb.DynamoDbUrl;
import io.clawsec.store.dynamodb.UnusableTablesException;
import io.clawsec.store.postgres.PostgresUrl;
import io.clawsec.store.postgres.migrate.Migration;
import io.clawsec.store.postgres.migrate.MigrationException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the tables of a PostgreSQL database or of a prefix in DynamoDB, or what of them is missing. */
@Command(
        name = "migrate",
        description = "Make or update the tables of a PostgreSQL database: tables, the partitions of this month and the"
                + " next twelve, the rights of the role that services connect as. Or make the tables of a prefix in"
                + " DynamoDB. May be run again at any time. Exit code 0: done; 1: the database refused; 2: there is no"
                + " URL that can be used.")
final class MigrateCommand implements Callable<Integer> {

    private static final int REFUSED = 1;
    private static final int UNUSABLE = 2;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The owner's postgresql:// URL, or dynamodb://prefix; without it DATABASE_URL, which other users of"
                            + " the host do not see.")
    private @Nullable String url;

    @Option(
            names = "--runtime-role",
            paramLabel = "NAME",
            description = "The role of PostgreSQL that services connect as; it must be there. Without it no rights are"
                    + " granted.")
    private @Nullable String runtimeRole;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    private boolean help;

    @Override
    public Integer call() {
        String given = url == null ? System.getenv("DATABASE_URL") : url;
        if (given == null || given.isBlank()) {
            System.err.println(
                    "clawsec: DATABASE_URL is not set; migrate needs the owner's postgresql:// URL, or dynamodb://prefix");
            return UNUSABLE;
        }
        Runnable migration;
        try {
            migration = migration(given);
        } catch (IllegalArgumentException e) {
            System.err.println("clawsec: " + (url == null ? "DATABASE_URL " : "--url ") + e.getMessage());
            return UNUSABLE;
        }
        // Libraries that log find no place to: their notice of it, and their progress, are not this command's output.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            migration.run();
            return 0;
        } catch (MigrationException | UnusableTablesException e) {
            System.err.println("clawsec: " + e.getMessage());
            return REFUSED;
        }
    }

    /** What is to be done, when the URL can be read. */
    private Runnable migration(String given) {
        if (!new DynamoDbStoreProvider().handles(given)) {
            PostgresUrl owner = PostgresUrl.parse(given);
            return () -> print(owner, new Migration(owner, Clock.systemUTC()).run(runtimeRole));
        }
        DynamoDbUrl tables = DynamoDbUrl.parse(given);
        if (runtimeRole != null) {
            throw new IllegalArgumentException(
                    "names DynamoDB, where AWS says what a service may do: --runtime-role is for PostgreSQL");
        }
        return () -> print(DynamoDbTables.create(tables));
    }

    private static void print(DynamoDbTables.Result result) {
        System.out.println("tables made: " + listed(result.made()));
        System.out.println("tables that were there: " + listed(result.there()));
    }

    private void print(PostgresUrl owner, Migration.Result result) {
        System.out.println("database: " + owner.place());
        System.out.println(
                result.versionBefore() == result.versionAfter()
                        ? "tables: version " + result.versionAfter() + ", as before"
                        : "tables: version " + result.versionBefore() + " → " + result.versionAfter());
        System.out.println("partitions made: " + listed(result.partitionsMade()));
        if (!result.monthsLeft().isEmpty()) {
            System.out.println("left in the default partition, where their events lie: " + listed(result.monthsLeft()));
        }
        System.out.println(runtimeRole == null ? "rights granted: none" : "rights granted to: " + runtimeRole);
    }

    private static String listed(List<?> things) {
        return things.isEmpty() ? "none" : things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
