package io.clawsec.issuetoken;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Operation;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask for any role: whoever is at this machine's own name, and no page of somebody else's. */
class DevelopmentAskersTest {

    @ParameterizedTest(name = "open {0}, Host {1}, Origin {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "false, localhost:8080,         -,                          may",
                "false, LOCALHOST,              -,                          may",
                "false, 127.0.0.1:8080,         -,                          may",
                "false, 127.9.9.9,              -,                          may",
                "false, [::1]:8080,             -,                          may",
                "false, localhost:8080,         http://localhost:8080,      may",
                "false, localhost:8080,         https://app.example,        may",
                "false, -,                      -,                          may not",
                "false, '',                     -,                          may not",
                "false, evil.example,           -,                          may not",
                "false, evil.example:8080,      http://evil.example:8080,   may not",
                "false, localhost.evil.example, -,                          may not",
                "false, 127.0.0.1.evil.example, -,                          may not",
                "false, evil.example#localhost, -,                          may not",
                "false, localhost:8080:9090,    -,                          may not",
                "false, 128.0.0.1,              -,                          may not",
                "false, [::2],                  -,                          may not",
                "false, localhost:8080,         http://localhost:3000,      may not",
                "false, localhost:8080,         http://evil.example,        may not",
                "false, localhost:8080,         null,                       may not",
                "false, localhost:8080,         '',                         may not",
                "true,  clawsec.example,        -,                          may",
                "true,  clawsec.example,        https://clawsec.example,    may",
                "true,  clawsec.example,        https://evil.example,       may not",
            })
    void only_this_machine_may_ask(boolean open, @Nullable String host, @Nullable String origin, String expected) {
        Call call = new Call(
                new UUID(0, 7), Operation.ISSUE_TOKEN, null, Map.of(), Body::none, new Caller(null, host, origin));
        boolean objects = new DevelopmentAskers(open, () -> Set.of("https://app.example"))
                .objection(call)
                .isPresent();
        assertThat(objects ? "may not" : "may").isEqualTo(expected);
    }
}
