package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values a field takes. */
class SettingTest {

    @Test
    void what_is_packaged_is_sound() {
        for (Setting setting : Setting.values()) {
            assertThat(setting.objection(setting.packaged())).as(setting.path()).isEmpty();
        }
        ProviderPreset.ALL.forEach(preset -> {
            assertThat(Setting.API_URL.objection(preset.apiUrl())).isEmpty();
            assertThat(Setting.MODEL.objection(preset.model())).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROVIDER         | "openai"                                 | fine
            PROVIDER         | "custom"                                 | fine
            PROVIDER         | "nobody"                                 | wrong
            PROVIDER         | 1                                        | wrong
            API_URL          | ""                                       | fine
            API_URL          | "https://api.example.com/v1?a=b"         | fine
            API_URL          | "http://[2606:4700::1111]:8000/v1"       | fine
            API_URL          | "HTTPS://api.example.com"                | fine
            API_URL          | "ftp://api.example.com/v1"               | wrong
            API_URL          | "https://user:pw@api.example.com/"       | wrong
            API_URL          | "https://api.example.com/#x"             | wrong
            API_URL          | "https://api.example.com:0/"             | wrong
            API_URL          | "https://api.example.com:65536/"         | wrong
            API_URL          | "https:///v1"                            | wrong
            API_URL          | "file:///etc/passwd"                     | wrong
            API_URL          | "http://2852039166/"                     | wrong
            API_URL          | "http://0xa9fea9fe/"                     | wrong
            API_URL          | "http://0xa9.0xfe.0xa9.0xfe/"            | wrong
            API_URL          | "http://0251.0376.0251.0376/"            | wrong
            API_URL          | "http://169.254.43518/"                  | wrong
            API_URL          | "http://127.1/"                          | wrong
            API_URL          | "http://169.254.169.254./"               | wrong
            API_URL          | "http://[fe80::1%25eth0]/"               | wrong
            API_URL          | "http://１６９.254.169.254/"              | wrong
            API_URL          | 7                                        | wrong
            API_KEY          | ""                                       | fine
            API_KEY          | "sk-0123456789"                          | fine
            API_KEY          | "sk 0123"                                | wrong
            API_KEY          | "sk\\r\\nX: y"                           | wrong
            API_KEY          | "sk-é"                                   | wrong
            API_KEY          | true                                     | wrong
            MODEL            | "gpt-4o"                                 | fine
            MODEL            | ""                                       | wrong
            MODEL            | "a\\nb"                                  | wrong
            MAX_TOKENS       | 1                                        | fine
            MAX_TOKENS       | 1000000                                  | fine
            MAX_TOKENS       | 0                                        | wrong
            MAX_TOKENS       | 1000001                                  | wrong
            MAX_TOKENS       | 1.5                                      | wrong
            MAX_TOKENS       | "100"                                    | wrong
            TIMEOUT_SECONDS  | 3600                                     | fine
            TIMEOUT_SECONDS  | 3601                                     | wrong
            MAX_INPUT_LENGTH | 99999999999999999999                     | wrong
            PII_FILTER_INPUT | false                                    | fine
            PII_FILTER_INPUT | "false"                                  | wrong
            PII_FILTER_INPUT | 0                                        | wrong
            MODES            | {}                                       | fine
            MODES            | {"a":"off","b":"monitor","c":"enforce"}  | fine
            MODES            | {"a":"OFF"}                              | wrong
            MODES            | {"a":null}                               | wrong
            MODES            | ["a"]                                    | wrong
            ALLOWED_ORIGINS  | []                                       | fine
            ALLOWED_ORIGINS  | ["*","https://app.example:8443"]         | fine
            ALLOWED_ORIGINS  | ["https://app.example/"]                 | wrong
            ALLOWED_ORIGINS  | ["null"]                                 | wrong
            ALLOWED_ORIGINS  | [null]                                   | wrong
            ALLOWED_ORIGINS  | "https://app.example"                    | wrong
            TRUSTED_PROXIES  | ["10.0.0.0/8","::1"]                     | fine
            TRUSTED_PROXIES  | ["10.0.0.0/33"]                          | wrong
            TRUSTED_PROXIES  | ["proxy.example"]                        | wrong
            """)
    void a_field_takes_its_own_kind_of_value(Setting setting, String json, String expected) throws Exception {
        Object value = Json.parse(json);
        assertThat(value).isNotNull();
        assertThat(setting.objection(value == null ? "" : value).isEmpty() ? "fine" : "wrong")
                .isEqualTo(expected);
    }

    @Test
    void objections_quote_nothing() {
        assertThat(Setting.API_URL.objection("https://user:hunter2@x.example/").orElseThrow())
                .doesNotContain("hunter2");
        assertThat(Setting.TRUSTED_PROXIES
                        .objection(java.util.List.of("hunter2"))
                        .orElseThrow())
                .startsWith("item 1")
                .doesNotContain("hunter2");
    }

    @Test
    void long_values_are_bounded() {
        assertThat(Setting.API_URL.objection("https://x.example/" + "a".repeat(2048)))
                .isPresent();
        assertThat(Setting.API_KEY.objection("a".repeat(4097))).isPresent();
        assertThat(Setting.MODEL.objection("a".repeat(129))).isPresent();
        assertThat(Setting.ALLOWED_ORIGINS.objection(java.util.Collections.nCopies(101, "*")))
                .isPresent();
    }
}
