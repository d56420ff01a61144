package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditRepository;
import io.clawsec.settings.SettingsRepository;
import io.clawsec.settings.SettingsSection;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.SettingsRepositoryContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Execution(ExecutionMode.CONCURRENT)
class DynamoDbSettingsRepositoryTest extends SettingsRepositoryContract {

    private final Stores stores = new Stores();

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    protected SettingsRepository settings() {
        return stores.mine().settings();
    }

    @Override
    protected AuditRepository audit() {
        return stores.mine().audit();
    }

    @Override
    protected SettingsRepository otherProcess() {
        return stores.another().settings();
    }

    @Test
    void a_closed_store_is_unavailable() {
        stores.mine().close();
        assertThatThrownBy(() -> settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event()))
                .isInstanceOf(SettingsUnavailableException.class);
        assertThatThrownBy(() -> settings().read()).isInstanceOf(SettingsUnavailableException.class);
    }

    @Test
    void sections_of_the_longest_content_in_three_byte_characters_are_kept_and_their_old_parts_are_not() {
        AuditSamples samples = new AuditSamples(3);
        String longest = "€".repeat(SettingsRepository.LONGEST_CONTENT - 3) + "x😀";
        long version = 0;
        for (SettingsSection section : SettingsSection.values()) {
            settings().save(section, longest, version++, samples.event());
        }
        settings().save(SettingsSection.LLM, longest, version++, samples.event());
        assertThat(otherProcess().read().sections().values()).hasSize(3).containsOnly(longest);
        int parts = (int) Math.ceil((double) longest.length() / SettingsItem.PART_CHARACTERS);
        assertThat(stores.items(DynamoDbTables.SETTINGS)).hasSize(1 + 3 * parts);
        for (SettingsSection section : SettingsSection.values()) {
            settings().save(section, "{}", version++, samples.event());
        }
        assertThat(stores.items(DynamoDbTables.SETTINGS)).hasSize(1);
        assertThat(otherProcess().read().sections().values()).hasSize(3).containsOnly("{}");
    }

    @Test
    void a_section_that_grows_beyond_its_item_and_shrinks_again_is_read_as_it_was_saved_last() {
        AuditSamples samples = new AuditSamples(4);
        String longer = "x".repeat(SettingsItem.PART_CHARACTERS + 1);
        long version = 0;
        for (String content : List.of("{}", longer, "y" + longer, "[]", longer)) {
            settings().save(SettingsSection.POLICY, content, version++, samples.event());
            assertThat(otherProcess().read().sections()).isEqualTo(Map.of(SettingsSection.POLICY, content));
        }
        assertThat(stores.items(DynamoDbTables.SETTINGS)).hasSize(3);
    }

    @Test
    void a_section_of_a_later_release_is_left_alone() {
        settings().save(SettingsSection.LLM, "{}", 0, new AuditSamples(1).event());
        stores.raw()
                .updateItem(request -> request.tableName(
                                DynamoDbTables.SETTINGS.name(stores.url().prefix()))
                        .key(SettingsItem.KEY.primaryKeyMap(SettingsItem.SCHEMA))
                        .updateExpression("SET later = :content")
                        .expressionAttributeValues(Map.of(":content", AttributeValue.fromS("{}"))));
        settings().save(SettingsSection.LLM, "{\"model\":\"b\"}", 1, new AuditSamples(2).event());
        assertThat(settings().read().sections()).containsOnlyKeys(SettingsSection.LLM);
        assertThat(stores.items(DynamoDbTables.SETTINGS).get(0)).containsKey("later");
    }
}
