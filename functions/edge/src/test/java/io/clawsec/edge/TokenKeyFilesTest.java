package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys a process may be given, by what it is: only issueToken holds one that signs where functions are apart. */
class TokenKeyFilesTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest(name = "{0} in mode {1} with {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ONE_PROCESS    | development | none                  | accepted
            ONE_PROCESS    | off         | none                  | JWT_SECRET_KEY is required outside development mode
            ONE_PROCESS    | development | secret                | accepted
            ONE_PROCESS    | off         | secret                | accepted
            ONE_PROCESS    | development | private public        | accepted
            ONE_PROCESS    | off         | private public        | accepted
            ONE_PROCESS    | off         | private               | CLAWSEC_JWT_PUBLIC_KEYS_FILE is required beside
            ONE_PROCESS    | development | public                | CLAWSEC_JWT_PRIVATE_KEY_FILE is required beside
            ONE_PROCESS    | development | secret private public | JWT_SECRET_KEY is set beside key files
            ISSUER_APART   | development | none                  | accepted
            ISSUER_APART   | off         | none                  | CLAWSEC_JWT_PRIVATE_KEY_FILE is required outside
            ISSUER_APART   | development | secret                | JWT_SECRET_KEY is refused where functions run apart
            ISSUER_APART   | off         | secret                | JWT_SECRET_KEY is refused where functions run apart
            ISSUER_APART   | off         | secret private public | JWT_SECRET_KEY is refused where functions run apart
            ISSUER_APART   | off         | private public        | accepted
            ISSUER_APART   | development | private public        | accepted
            ISSUER_APART   | development | private               | CLAWSEC_JWT_PUBLIC_KEYS_FILE is required beside
            ISSUER_APART   | off         | public                | CLAWSEC_JWT_PRIVATE_KEY_FILE is required beside
            VERIFIER_APART | development | none                  | accepted
            VERIFIER_APART | off         | none                  | CLAWSEC_JWT_PUBLIC_KEYS_FILE is required outside
            VERIFIER_APART | development | secret                | JWT_SECRET_KEY is refused where functions run apart
            VERIFIER_APART | off         | secret public         | JWT_SECRET_KEY is refused where functions run apart
            VERIFIER_APART | off         | public                | accepted
            VERIFIER_APART | development | public                | accepted
            VERIFIER_APART | off         | private public        | CLAWSEC_JWT_PRIVATE_KEY_FILE is for issueToken alone
            VERIFIER_APART | development | private public        | CLAWSEC_JWT_PRIVATE_KEY_FILE is for issueToken alone
            VERIFIER_APART | development | private               | CLAWSEC_JWT_PRIVATE_KEY_FILE is for issueToken alone
            """)
    void keys_follow_from_what_the_process_is(Deployment deployment, String mode, String given, String expected) {
        Map<String, String> environment = new HashMap<>(Map.of("CLAWSEC_TOKEN_MODE", mode));
        if (given.contains("secret")) {
            environment.put("JWT_SECRET_KEY", SECRET);
        }
        if (given.contains("private")) {
            environment.put("CLAWSEC_JWT_PRIVATE_KEY_FILE", "/keys/private.pem");
        }
        if (given.contains("public")) {
            environment.put("CLAWSEC_JWT_PUBLIC_KEYS_FILE", "/keys/public.pem");
        }
        assertThat(outcome(environment, deployment)).startsWith(expected).doesNotContain(SECRET);
    }

    private static String outcome(Map<String, String> environment, Deployment deployment) {
        try {
            return Configuration.from(environment, deployment).deployment() == deployment ? "accepted" : "confused";
        } catch (ConfigurationException e) {
            assertThat(e.problems()).hasSize(1);
            return e.problems().get(0);
        }
    }
}
