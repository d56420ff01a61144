package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditChain;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.UsageWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What lies in the tables, to its names: whoever reads them wrote some years ago. */
class ItemsTest {

    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");
    private static final Reservation RESERVATION =
            new Reservation(new UUID(1, 1), "issuer ada", "ada", "agent", "/query", HOUR);

    private static <T> Map<String, AttributeValue> attributes(TableSchema<T> schema, T item) {
        return schema.itemToMap(item, true);
    }

    private static StoredRecord record(boolean ofUser) {
        AuditSamples samples = new AuditSamples(41);
        AuditEvent event = Stream.generate(samples::event)
                .filter(each -> (each.userId() != null) == ofUser)
                .findFirst()
                .orElseThrow();
        return new AuditChain(() -> new UUID(7, 7)).next(event);
    }

    @Test
    void a_record_has_its_bytes_and_what_its_indexes_say() {
        StoredRecord record = record(true);
        Map<String, AttributeValue> item = attributes(AuditItem.SCHEMA, AuditItem.of(record));
        assertThat(item)
                .containsOnlyKeys(
                        "pk",
                        "sk",
                        "hash",
                        "record",
                        "place",
                        "event_id",
                        "request_id",
                        "event_type",
                        "outcome",
                        "user_id",
                        "user_digest",
                        "time_key",
                        "type_key",
                        "user_key",
                        "outcome_key",
                        "request_key")
                .containsEntry("record", AttributeValue.fromB(SdkBytes.fromByteArray(record.bytes())))
                .containsEntry("pk", AttributeValue.fromS("run#" + record.writerId() + "#0"))
                .containsEntry("sk", AttributeValue.fromS("0".repeat(19)));
        assertThat(AuditItem.SCHEMA.mapToItem(item).stored(record.writerId())).isEqualTo(record);
    }

    @Test
    void a_record_of_nobody_is_in_no_index_of_users() {
        StoredRecord record = record(false);
        Map<String, AttributeValue> item = attributes(AuditItem.SCHEMA, AuditItem.of(record));
        assertThat(item).doesNotContainKeys("user_id", "user_digest", "user_key");
        assertThat(AuditItem.SCHEMA.mapToItem(item).stored(record.writerId())).isEqualTo(record);
    }

    @Test
    void the_guard_of_an_id_tells_whose_it_is() {
        StoredRecord record = record(true);
        assertThat(attributes(AuditMark.SCHEMA, AuditMark.ofId(record)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "pk",
                        AttributeValue.fromS("id#" + record.indexed().id()),
                        "sk",
                        AttributeValue.fromS("-"),
                        "writer_id",
                        AttributeValue.fromS(record.writerId().toString()),
                        "sequence",
                        AttributeValue.fromN("0"),
                        "hash",
                        AttributeValue.fromB(
                                SdkBytes.fromByteArray(HexFormat.of().parseHex(record.hash())))));
    }

    @Test
    void runs_and_periods_are_keys_and_nothing_else() {
        assertThat(attributes(AuditMark.SCHEMA, AuditMark.ofRun(record(true)))).containsOnlyKeys("pk", "sk");
        assertThat(attributes(AuditMark.SCHEMA, AuditMark.ofPeriod(687, 5)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("pk", AttributeValue.fromS("periods#1"), "sk", AttributeValue.fromS("000687#005")));
        assertThat(attributes(AuditMark.SCHEMA, AuditMark.ofProbe(new UUID(0, 0), HOUR)))
                .containsOnlyKeys("pk", "sk", "at");
    }

    @Test
    void a_reservation_comes_back_as_it_was() {
        Map<String, AttributeValue> item = attributes(ReservationItem.SCHEMA, ReservationItem.of(RESERVATION));
        assertThat(item)
                .containsOnlyKeys(
                        "pk", "principal_key", "user_id", "role", "resource", "at_micros", "open_key", "open_at");
        assertThat(ReservationItem.SCHEMA.mapToItem(item).reservation()).isEqualTo(RESERVATION);
    }

    @Test
    void a_window_is_named_by_a_digest_and_says_when_it_may_go() {
        UsageWindow window = UsageWindow.of(RESERVATION, new RateLimit(5, Duration.ofMinutes(1)));
        assertThat(attributes(WindowItem.SCHEMA, WindowItem.of(window)))
                .containsOnlyKeys("pk", "expires_at")
                .containsEntry("expires_at", AttributeValue.fromN(Long.toString(HOUR.getEpochSecond() + 60 + 3_600)));
    }
}
