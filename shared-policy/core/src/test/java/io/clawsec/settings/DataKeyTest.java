package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens under its own key and for its own purpose only. */
class DataKeyTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HEX = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
    private static final DataKey KEY = DataKey.of(HEX, RANDOM);
    private static final String SECRET = "sk-live-Zoë-😀";

    @Test
    void what_was_sealed_is_opened_and_shown_nowhere() {
        String sealed = KEY.seal(SECRET, "a");
        assertThat(KEY.open(sealed, "a")).contains(SECRET);
        assertThat(sealed + KEY).doesNotContain("sk-live", HEX.substring(0, 8));
        assertThat(KEY.open(KEY.seal("", "a"), "a")).contains("");
    }

    @Test
    void it_opens_for_no_other_purpose_and_under_no_other_key() {
        String sealed = KEY.seal(SECRET, "llm.api_key\nhttps://a.example:443");
        assertThat(KEY.open(sealed, "llm.api_key\nhttps://b.example:443")).isEmpty();
        assertThat(DataKey.of("ff".repeat(32), RANDOM).open(sealed, "llm.api_key\nhttps://a.example:443"))
                .isEmpty();
    }

    @Test
    void every_changed_character_keeps_it_shut() {
        String sealed = KEY.seal(SECRET, "a");
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(KEY.open(changed, "a").filter(text -> !text.equals(SECRET)))
                    .isEmpty();
            if (i < sealed.length() - 1) { // of the last some bits may be padding
                assertThat(KEY.open(changed, "a")).isEmpty();
            }
        }
        for (int length = 0; length < sealed.length(); length++) {
            assertThat(KEY.open(sealed.substring(0, length), "a")).isEmpty();
        }
    }

    @Test
    void no_nonce_comes_twice() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            sealed.add(KEY.seal("same", "a").substring(0, 19));
        }
        assertThat(sealed).hasSize(1000);
    }

    @Test
    void hex_and_both_base64_alphabets_are_the_same_key() {
        byte[] bytes = java.util.HexFormat.of().parseHex(HEX.toLowerCase(java.util.Locale.ROOT));
        for (String text : new String[] {
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        }) {
            assertThat(DataKey.of(text, RANDOM).open(KEY.seal(SECRET, "a"), "a"))
                    .contains(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "secret-word", "00112233", "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
            })
    void anything_else_is_no_key_and_is_not_quoted(String text) {
        assertThatThrownBy(() -> DataKey.of(text, RANDOM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be 32 random bytes in hex or Base64");
    }
}
