package io.clawsec.model.openai;

import static io.clawsec.model.openai.TestSettings.AMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.model.ApiKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSettingsTest {

    private static final URI URL = URI.create("https://api.example.com/v1/chat/completions");

    private static OpenAiSettings settings(URI url, @Nullable String key, String model, int maxTokens, Duration total) {
        return new OpenAiSettings(
                url, key == null ? null : new ApiKey(key), model, maxTokens, AMPLE, AMPLE, total, ProxySettings.none());
    }

    @Test
    void showsTheHostOnly() {
        URI url = URI.create("https://api.example.com/s3cr3t?key=s3cr3t#s3cr3t");
        assertThat(settings(url, "s3cr3t", "m", 1, AMPLE).toString())
                .contains("api.example.com")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/s3cr3t",
                "file:///s3cr3t",
                "/s3cr3t",
                "mailto:s3cr3t@host",
                "http:s3cr3t",
                "http:///s3cr3t",
                "http://u:s3cr3t@host/",
                "http://s3cr3t@host/",
                "http://s3cr3t_host/",
                "http://host:99999/s3cr3t"
            })
    void refusesAUrlThatNoRequestCouldUse(URI url) {
        assertThatThrownBy(() -> settings(url, null, "m", 1, AMPLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s3cr3t\n", "s3cr3t\r\nX: y", "s3cr3t x", "s3cr3t\u00e9", "s3cr3t\0"})
    void refusesAKeyThatNoHeaderCouldCarryAndShowsNoneOfIt(String key) {
        assertThatThrownBy(() -> settings(URL, key, "m", 1, AMPLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void refusesNumbersAndNamesOutOfBounds() {
        for (int maxTokens : new int[] {0, -1, 1_000_001}) {
            assertThatThrownBy(() -> settings(URL, null, "m", maxTokens, AMPLE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String model : new String[] {"", " ", "a\nb", "x".repeat(129)}) {
            assertThatThrownBy(() -> settings(URL, null, model, 1, AMPLE)).isInstanceOf(IllegalArgumentException.class);
        }
        for (Duration total : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61)}) {
            assertThatThrownBy(() -> settings(URL, null, "m", 1, total)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(settings(URL, null, "x".repeat(128), 1_000_000, Duration.ofHours(1))
                        .key())
                .isNull();
    }
}
