package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On AWS Lambda a process may stand still as soon as it has answered: what it exports is sent before. */
@Timeout(60)
class TelemetryLambdaIT {

    @TempDir
    Path folder;

    private LambdaProcess start(String endpoint) throws IOException {
        GeneratedPair keys = PrivateTokenKey.generate(new SecureRandom());
        Map<String, String> settings = new HashMap<>();
        settings.put("OTLP_ENDPOINT", endpoint);
        settings.put("CLAWSEC_TOKEN_MODE", "development");
        settings.put("CLAWSEC_TOKEN_ALLOW_OPEN", "true");
        settings.put("CLAWSEC_JWT_PRIVATE_KEY_FILE", OwnerOnlyFile.write(folder, "private.pem", keys.privatePem()));
        settings.put("CLAWSEC_JWT_PUBLIC_KEYS_FILE", OwnerOnlyFile.write(folder, "public.pem", keys.publicPem()));
        settings.put("DATABASE_URL", LambdaStore.SCHEME + folder.resolve("lambda.db"));
        return LambdaProcess.startWithStore(new LambdaPackage("issue-token"), folder, settings);
    }

    private static Ask question() {
        return Ask.post("/token").json("{\"user_id\":\"somebody\",\"role\":\"agent\"}");
    }

    @Test
    void spans_and_records_are_there_when_the_answer_is() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(folder);
                LambdaProcess lambda = start(receiver.endpoint())) {
            for (int i = 0; i < 3; i++) {
                String requestId = lambda.send(question()).header("X-Request-Id");
                assertThat(OtlpTrace.of(receiver.spans(), requestId))
                        .as("invocation %d: nobody waits", i)
                        .isPresent();
                assertThat(receiver.recordsOf(requestId)).isNotEmpty();
            }
            assertThat(receiver.resource()).containsEntry("service.name", "clawsec-issue-token");
        }
    }

    @Test
    void a_receiver_that_never_answers_costs_one_invocation_its_deadline_and_not_each() throws Exception {
        try (SilentPort receiver = new SilentPort();
                LambdaProcess lambda = start("http://localhost:" + receiver.port())) {
            assertThat(lambda.send(question()).status()).isEqualTo(200);
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                assertThat(lambda.send(question()).status()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("five more invocations")
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(lambda.output()).contains("do not reach OTLP_ENDPOINT (it took too long)");
        }
    }
}
