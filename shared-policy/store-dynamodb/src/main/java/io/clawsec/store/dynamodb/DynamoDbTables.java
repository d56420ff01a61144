package io.clawsec.store.dynamodb;

import io.clawsec.store.dynamodb.TableDefinition.Index;
import io.clawsec.store.dynamodb.TableDefinition.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * The tables, in one place: what {@code ./clawsec migrate} makes, what services look for at start and never make, and
 * what a template of the deployment must say.
 *
 * <p>All are billed by request. Point-in-time recovery is on where what is lost could not be made again: audit and
 * settings. The audit's table has no expiry, so that no attribute that somebody slips into a record removes it.
 */
public final class DynamoDbTables {

    static final String PK = "pk";
    static final String SK = "sk";
    static final String PLACE = "place";
    static final String EVENT_TYPE = "event_type";
    static final String OUTCOME = "outcome";
    static final String USER_DIGEST = "user_digest";
    static final String OPEN_KEY = "open_key";
    static final String OPEN_AT = "open_at";
    static final String UNSETTLED = "unsettled";
    static final String EXPIRES_AT = "expires_at";

    /** Indexes hold what filters ask beside their keys, and nothing else: an entry of 250 bytes costs one unit. */
    static final TableDefinition AUDIT = new TableDefinition(
            "-audit",
            new Keys(text(PK), text(SK)),
            Stream.of(AuditIndex.values())
                    .map(index -> new Index(
                            index.indexName(),
                            new Keys(text(index.keyName()), new TableDefinition.Key(PLACE, ScalarAttributeType.B)),
                            List.of(EVENT_TYPE, OUTCOME, USER_DIGEST)))
                    .toList(),
            null,
            true);

    static final TableDefinition USAGE = new TableDefinition(
            "-usage",
            new Keys(text(PK), null),
            List.of(new Index(UNSETTLED, new Keys(text(OPEN_KEY), text(OPEN_AT)), List.of())),
            EXPIRES_AT,
            false);

    static final TableDefinition SETTINGS =
            new TableDefinition("-settings", new Keys(text(PK), null), List.of(), null, true);

    static final List<TableDefinition> ALL = List.of(AUDIT, USAGE, SETTINGS);

    private DynamoDbTables() {}

    /**
     * What making the tables came to, by their names.
     *
     * @param made tables that are new
     * @param there tables that were left as they were
     */
    public record Result(List<String> made, List<String> there) {

        public Result {
            made = List.copyOf(made);
            there = List.copyOf(there);
        }
    }

    private static TableDefinition.Key text(String name) {
        return new TableDefinition.Key(name, ScalarAttributeType.S);
    }

    /**
     * Makes the tables that are missing; those that are there are left as they are. Needs rights that no service has.
     *
     * @throws UnusableTablesException when a table cannot be made, or one that is there cannot be used
     */
    public static Result create(DynamoDbUrl url) {
        try (DynamoDbClient client = DynamoDbClients.open(url)) {
            return create(client, url.prefix());
        }
    }

    static Result create(DynamoDbClient client, String prefix) {
        List<String> made = new ArrayList<>();
        List<String> there = new ArrayList<>();
        try {
            for (TableDefinition table : ALL) { // in turn: DynamoDB may refuse to make two with indexes at once
                (create(client, prefix, table) ? made : there).add(table.name(prefix));
                Backoff.usual().call(() -> {
                    client.waiter().waitUntilTableExists(request -> request.tableName(table.name(prefix)));
                    switchOn(client, prefix, table);
                    return table;
                });
            }
        } catch (SdkException e) {
            throw new UnusableTablesException(
                    "tables cannot be made: DynamoDB says " + CallFailure.of(e).reason(e), e);
        }
        List<String> problems = problems(client, prefix);
        if (!problems.isEmpty()) {
            throw new UnusableTablesException(
                    "tables of this prefix were not made by this version: " + String.join("; ", problems), null);
        }
        return new Result(made, there);
    }

    /** Whether it is new; otherwise it is there already, perhaps since a moment ago. */
    private static boolean create(DynamoDbClient client, String prefix, TableDefinition table) {
        try {
            Backoff.usual().call(() -> client.createTable(table.creation(prefix)));
            return true;
        } catch (ResourceInUseException e) {
            return false;
        }
    }

    private static void switchOn(DynamoDbClient client, String prefix, TableDefinition table) {
        String name = table.name(prefix);
        String expiry = table.expiry();
        if (expiry != null
                && client.describeTimeToLive(request -> request.tableName(name))
                                .timeToLiveDescription()
                                .timeToLiveStatus()
                        == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(
                            specification -> specification.attributeName(expiry).enabled(true)));
        }
        if (table.recovery()) {
            try {
                client.updateContinuousBackups(request -> request.tableName(name)
                        .pointInTimeRecoverySpecification(
                                specification -> specification.pointInTimeRecoveryEnabled(true)));
            } catch (DynamoDbException e) {
                if (!"UnknownOperationException".equals(e.awsErrorDetails().errorCode())) {
                    throw e;
                } // DynamoDB Local, which keeps nothing anyway
            }
        }
    }

    /** What is missing of the tables; empty when they can be used. */
    static List<String> problems(DynamoDbClient client, String prefix) {
        List<String> problems = new ArrayList<>();
        for (TableDefinition table : ALL) {
            try {
                problems.addAll(table.lacks(Backoff.usual()
                        .call(() -> client.describeTable(request -> request.tableName(table.name(prefix))))
                        .table()));
            } catch (ResourceNotFoundException e) {
                problems.add("table " + table.name(prefix) + " does not exist");
            } catch (SdkException e) {
                throw new UnusableTablesException(
                        "table " + table.name(prefix) + " cannot be looked at: DynamoDB says "
                                + CallFailure.of(e).reason(e),
                        e);
            }
        }
        return problems;
    }
}
