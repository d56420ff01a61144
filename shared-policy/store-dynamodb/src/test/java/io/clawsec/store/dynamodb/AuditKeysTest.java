package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.usage.Reservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The arithmetic of decision 0020: no second of 10,000 events is too much for any one key. */
class AuditKeysTest {

    private static final int EVENTS = 10_000;

    /** Units that a partition takes in a second. */
    private static final int PARTITION = 1_000;

    /** An item of up to 1 KB in a transaction, and each of its entries in indexes. */
    private static final int UNITS = 2;

    /** No key takes more than two thirds of a partition, wherever chains happen to begin. */
    private static final int MOST_OF_A_KEY = 2 * PARTITION / 3;

    /** Keys of an index that share the second's events, wherever chains happen to begin. */
    private static final int FEWEST_KEYS = AuditKeys.SHARDS * 5 / 8;

    private static final long SEED = 20;
    private static final Instant SECOND = Instant.parse("2026-11-22T10:00:00Z");

    private final Random random = new Random(SEED);

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** The worst there is: one user, one type, one outcome. */
    private List<StoredRecord> second(int writers) {
        List<StoredRecord> records = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            AuditChain chain = new AuditChain(this::uuid);
            int skipped = random.nextInt(10_000); // nobody begins a run with the second
            chain.moveTo(new AuditChain.Head(skipped, "0".repeat(64)));
            for (int i = 0; i < EVENTS / writers; i++) {
                records.add(chain.next(event(SECOND.plus(i, ChronoUnit.MICROS))));
            }
        }
        return records;
    }

    private AuditEvent event(Instant at) {
        return new AuditEvent(
                uuid(),
                at,
                EventType.LLM_QUERY,
                "everybody",
                "agent",
                "query:submit",
                "/query",
                EventOutcome.ALLOWED,
                List.of(),
                Map.of(),
                null,
                uuid());
    }

    private static <T> List<Map<String, AttributeValue>> items(TableSchema<T> schema, Stream<T> items) {
        return items.map(item -> schema.itemToMap(item, true)).toList();
    }

    private static Map<String, Integer> perKey(List<Map<String, AttributeValue>> items, String attribute) {
        Map<String, Integer> perKey = new HashMap<>();
        for (Map<String, AttributeValue> item : items) {
            perKey.merge(Objects.requireNonNull(item.get(attribute)).s(), 1, Integer::sum);
        }
        return perKey;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 10_000})
    void ten_thousand_events_of_one_user_and_type_in_a_second_heat_no_key(int writers) {
        List<Map<String, AttributeValue>> items =
                items(AuditItem.SCHEMA, second(writers).stream().map(AuditItem::of));
        for (TableDefinition.Index index : DynamoDbTables.AUDIT.indexes()) {
            Map<String, Integer> perKey = perKey(items, index.key().partition().name());
            assertThat(perKey).as("seed %d, index %s", SEED, index.name()).hasSizeGreaterThanOrEqualTo(FEWEST_KEYS);
            assertThat(perKey.values())
                    .as("seed %d, index %s", SEED, index.name())
                    .allMatch(entries -> UNITS * entries <= MOST_OF_A_KEY);
        }
        Map<String, Integer> perKey =
                perKey(items, DynamoDbTables.AUDIT.key().partition().name());
        assertThat(perKey).as("seed %d, table", SEED).hasSizeGreaterThanOrEqualTo(EVENTS / AuditKeys.RUN);
        assertThat(perKey.values()).as("seed %d, table", SEED).allMatch(records -> UNITS * records <= MOST_OF_A_KEY);
    }

    @Test
    void what_keeps_ids_and_lists_chains_is_spread_too() {
        List<StoredRecord> records = second(10_000); // each begins a run, which is the most that lists can get
        assertThat(perKey(items(AuditMark.SCHEMA, records.stream().map(AuditMark::ofId)), DynamoDbTables.PK))
                .hasSize(EVENTS);
        Map<String, Integer> chains = new HashMap<>();
        records.forEach(record ->
                chains.merge(AuditKeys.chainsKey(AuditKeys.chainShard(record.writerId())), UNITS, Integer::sum));
        assertThat(chains.values()).as("seed %d", SEED).allMatch(units -> units <= PARTITION);
    }

    @Test
    void ten_thousand_reservations_of_one_principal_heat_no_key_but_its_counters() {
        List<Map<String, AttributeValue>> items = items(
                ReservationItem.SCHEMA,
                Stream.generate(() -> new Reservation(uuid(), "everybody", "everybody", "agent", "/query", SECOND))
                        .limit(EVENTS)
                        .map(ReservationItem::of));
        assertThat(perKey(items, DynamoDbTables.PK)).hasSize(EVENTS);
        // Each entry is written in a transaction and, with the settlement, taken away again.
        assertThat(perKey(items, DynamoDbTables.OPEN_KEY).values())
                .as("seed %d", SEED)
                .hasSize(ReservationItem.OPEN_SHARDS)
                .allMatch(entries -> (UNITS + 1) * entries <= MOST_OF_A_KEY);
    }

    @Test
    void an_index_key_says_period_and_shard_and_the_next_period_has_others() {
        StoredRecord record = second(1).get(0);
        String key = AuditKeys.indexKey(AuditIndex.TYPE, record);
        assertThat(key).matches("llm_query#[0-9]+#[0-9]+");
        assertThat(AuditKeys.indexKey(AuditIndex.USER, record)).doesNotContain("everybody");
        long micros = record.indexed().timestampMicros();
        assertThat(AuditKeys.period(micros + AuditKeys.PERIOD_MICROS)).isEqualTo(AuditKeys.period(micros) + 1);
    }

    @Test
    void places_sort_as_bytes_as_time_writer_and_sequence_do() {
        UUID low = new UUID(1, 0);
        UUID high = new UUID(0x8000_0000_0000_0000L, 0);
        List<AuditPlace> sorted = List.of(
                AuditPlace.firstOf(0),
                AuditPlace.of(1, low, 5),
                AuditPlace.of(1, high, 4),
                AuditPlace.of(1, high, 300),
                AuditPlace.of(256, low, 0));
        assertThat(sorted).isSorted();
        assertThat(AuditPlace.of(1, low, 0).before()).isEqualTo(AuditPlace.of(1, new UUID(0, -1), -1));
        assertThat(AuditPlace.of(7, low, 9).before()).isEqualTo(AuditPlace.of(7, low, 8));
    }
}
