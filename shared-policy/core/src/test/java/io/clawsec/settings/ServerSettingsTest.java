package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Origins as somebody wrote them, and as browsers send them. */
class ServerSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example:443, https://a.example",
        "http://a.example:80, http://a.example",
        "http://[::1]:80, http://[::1]",
        "http://a.example:443, http://a.example:443",
        "https://a.example:80, https://a.example:80",
        "https://a.example:8443, https://a.example:8443",
        "https://a.example, https://a.example",
        "*, *"
    })
    void an_origin_is_allowed_as_a_browser_writes_it_which_leaves_its_schemes_own_port_out(String listed, String sent) {
        assertThat(new ServerSettings(Set.of(listed), List.of()).allowedOrigins())
                .containsExactly(sent);
    }
}
