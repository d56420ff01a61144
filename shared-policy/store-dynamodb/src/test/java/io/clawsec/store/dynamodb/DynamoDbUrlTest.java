package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbUrlTest {

    @ParameterizedTest
    @CsvSource({
        "dynamodb://clawsec, clawsec, ,",
        "dynamodb://a.b_c-1?region=eu-central-1, a.b_c-1, eu-central-1,",
        "dynamodb://p?endpoint=http://localhost:8000, p, , http://localhost:8000",
        "dynamodb://p?endpoint=https://dynamodb.example.org/x&region=us-gov-west-1, p, us-gov-west-1, https://dynamodb.example.org/x"
    })
    void a_url_names_prefix_region_and_endpoint(String url, String prefix, String region, String endpoint) {
        assertThat(DynamoDbUrl.parse(url))
                .isEqualTo(new DynamoDbUrl(
                        prefix,
                        Optional.ofNullable(region),
                        Optional.ofNullable(endpoint).map(URI::create)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb:clawsec",
                "dynamodb://",
                "dynamodb://?region=eu-central-1",
                "dynamodb://a/b",
                "dynamodb://a b",
                "dynamodb://p?regoin=secret",
                "dynamodb://p?region",
                "dynamodb://p?region=",
                "dynamodb://p?region=secret",
                "dynamodb://p?region=eu-central-1&region=eu-central-1",
                "dynamodb://p?endpoint=localhost:8000",
                "dynamodb://p?endpoint=http://user:secret@localhost",
                "dynamodb://p?endpoint=ftp://secret",
                "dynamodb://p?endpoint=http://a b",
                "dynamodb://p?region=eu-central-1&"
            })
    void a_url_that_is_none_is_refused_in_words_that_go_on_from_the_variables_name(String url) {
        assertThatThrownBy(() -> DynamoDbUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(must|has) .*")
                .hasMessageNotContaining("secret");
    }

    @Test
    void the_provider_is_found_and_takes_its_own_urls_only() {
        StoreProvider provider = ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(DynamoDbStoreProvider.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(provider.handles("dynamodb://clawsec")).isTrue();
        assertThat(provider.handles("sqlite:clawsec.db")).isFalse();
        assertThat(provider.handles("postgresql://localhost/clawsec")).isFalse();
        assertThat(provider.needsLocalDisk()).isFalse();
        assertThatThrownBy(() -> provider.open("dynamodb:", Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
    }
}
