package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import io.clawsec.json.Json;
import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four functions, each a process of its own, on one data folder: one product, and one holder of the key. What each
 * answers is {@link DoorsAgreeIT}'s.
 */
@Timeout(240)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class FunctionsApartIT {

    private static final List<Program> PROGRAMS =
            List.of(Program.ISSUE_TOKEN, Program.QUERY, Program.AUDIT, Program.ADMIN);
    private static final List<Program> VERIFIERS = List.of(Program.QUERY, Program.AUDIT, Program.ADMIN);
    private static final String PROMPT = "{\"prompt\":\"What is the capital of France?\"}";
    private static final String SECRET = "a secret that whoever verifies could sign with";

    /** A changed file of keys is read with the next token that needs it, once a second at most. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Map<Program, ServerProcess> running = new EnumMap<>(Program.class);

    @AfterEach
    void stopAll() throws InterruptedException {
        for (ServerProcess server : running.values()) {
            server.close();
        }
    }

    private ServerProcess start(Program program, Map<String, String> settings) throws Exception {
        ServerProcess server = ServerProcess.start(program, folder, settings);
        synchronized (running) {
            running.put(program, server);
        }
        return server;
    }

    /** The issuer last: the others have to do without its public key, and without its database, until it is there. */
    private void startAll() throws Exception {
        startVerifiers();
        start(Program.ISSUE_TOKEN, Map.of());
    }

    /** At once, as a machine starts them: all of them come upon a folder without a database. */
    private void startVerifiers() {
        ManyCallers.run(VERIFIERS.size(), caller -> start(VERIFIERS.get(caller), Map.of()));
    }

    private ServerProcess server(Program program) {
        ServerProcess server = running.get(program);
        if (server == null) {
            throw new AssertionError(program + " does not run");
        }
        return server;
    }

    private Reply send(Program program, Ask ask) throws IOException {
        return server(program).send(ask);
    }

    private String token(String user, String role) throws IOException {
        String body = new String(Json.write(Map.of("user_id", user, "role", role)), StandardCharsets.UTF_8);
        Reply reply = send(Program.ISSUE_TOKEN, Ask.post("/token").json(body));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.field("token");
    }

    private int status(Program program, Ask ask) throws IOException {
        return send(program, ask).status();
    }

    @Test
    void four_processes_are_one_product() throws Exception {
        startAll();
        String agent = token("alice", "agent");
        String auditor = token("ann", "auditor");
        String administrator = token("root", "administrator");
        assertThat(new String(
                        Base64.getUrlDecoder().decode(agent.substring(0, agent.indexOf('.'))), StandardCharsets.UTF_8))
                .contains("\"alg\":\"EdDSA\"");
        assertThat(status(Program.QUERY, Ask.post("/query").bearer(agent).json(PROMPT)))
                .isEqualTo(200);
        assertThat(status(Program.ADMIN, Ask.get("/rbac/roles").bearer(administrator)))
                .isEqualTo(200);
        Reply events = send(Program.AUDIT, Ask.get("/audit").bearer(auditor));
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.text()).contains("token_issued", "llm_query");
        noFileIsForOthers();
        theOthersDoWithoutThePrivateKey(agent);
        theAuditIsWhole();
    }

    private void noFileIsForOthers() throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            Map<String, String> modes =
                    files.collect(Collectors.toMap(file -> file.getFileName().toString(), FunctionsApartIT::mode));
            System.out.println("FunctionsApartIT: modes in the data folder " + modes);
            assertThat(modes).containsKeys("jwt-private-key.pem", "jwt-public-keys.pem", "clawsec.db");
            assertThat(modes).doesNotContainKey("jwt-secret");
            assertThat(modes.values()).allMatch(mode -> mode.endsWith("------"));
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the private key out of reach, a process that verifies starts and believes what it believed before. */
    private void theOthersDoWithoutThePrivateKey(String token) throws Exception {
        Path privateKey = folder.resolve("data/jwt-private-key.pem");
        Path away = folder.resolve("taken-away.pem");
        Files.move(privateKey, away);
        for (Program program : VERIFIERS) {
            server(program).stop();
        }
        startVerifiers();
        assertThat(status(Program.QUERY, Ask.post("/query").bearer(token).json(PROMPT)))
                .isEqualTo(200);
        assertThat(status(Program.ADMIN, Ask.get("/policy").bearer(token))).isEqualTo(403);
        assertThat(privateKey).doesNotExist();
        Files.move(away, privateKey);
    }

    private void theAuditIsWhole() throws InterruptedException {
        for (ServerProcess server : running.values()) {
            server.stop();
        }
        AuditFile audit = AuditFile.in(folder);
        assertThat(audit.verification().problems()).isEmpty();
        Map<String, Set<String>> typesByWriter = audit.records().stream()
                .collect(Collectors.groupingBy(
                        record -> String.valueOf(record.writerId()),
                        Collectors.mapping(FunctionsApartIT::type, Collectors.toSet())));
        System.out.println("FunctionsApartIT: events by writer " + typesByWriter.values());
        assertThat(typesByWriter).hasSizeGreaterThanOrEqualTo(PROGRAMS.size());
        assertThat(audit.requests(EventType.LLM_QUERY)).hasSize(2);
        assertThat(audit.requests(EventType.TOKEN_ISSUED)).hasSize(3);
        assertThat(typesByWriter.values())
                .as("tokens are issued by one writer, prompts answered by others")
                .noneMatch(types -> types.contains("token_issued") && types.contains("llm_query"));
        assertThat(audit.unsettled()).isEmpty();
    }

    private static String type(StoredRecord record) {
        return record.indexed().type();
    }

    @Test
    void the_shared_secret_is_refused_at_the_start_of_each() throws Exception {
        for (Program program : PROGRAMS) {
            ServerProcess.Ended ended = ServerProcess.startRefused(program, folder, Map.of("JWT_SECRET_KEY", SECRET));
            assertThat(ended.exitCode()).as("%s: %s", program, ended.output()).isEqualTo(2);
            assertThat(ended.output())
                    .contains("JWT_SECRET_KEY is refused where functions run apart")
                    .doesNotContain(SECRET);
        }
        assertThat(folder.resolve("data")).as("nothing was made of it").doesNotExist();
    }

    @Test
    void the_private_key_is_refused_at_the_start_of_all_but_the_issuer() throws Exception {
        GeneratedPair pair = PrivateTokenKey.generate(new SecureRandom());
        Map<String, String> both = Map.of(
                "CLAWSEC_JWT_PRIVATE_KEY_FILE",
                write("private.pem", pair.privatePem()),
                "CLAWSEC_JWT_PUBLIC_KEYS_FILE",
                write("public.pem", pair.publicPem()));
        for (Program program : VERIFIERS) {
            ServerProcess.Ended ended = ServerProcess.startRefused(program, folder, both);
            assertThat(ended.exitCode()).as("%s: %s", program, ended.output()).isEqualTo(2);
            assertThat(ended.output()).contains("CLAWSEC_JWT_PRIVATE_KEY_FILE is for issueToken alone");
        }
        ServerProcess.Ended keyless =
                ServerProcess.startRefused(Program.ISSUE_TOKEN, folder, Map.of("CLAWSEC_TOKEN_MODE", "off"));
        assertThat(keyless.exitCode()).isEqualTo(2);
        assertThat(keyless.output()).contains("CLAWSEC_JWT_PRIVATE_KEY_FILE is required outside development mode");
    }

    @Test
    void keys_are_rotated_while_the_others_run() throws Exception {
        GeneratedPair old = PrivateTokenKey.generate(new SecureRandom());
        GeneratedPair next = PrivateTokenKey.generate(new SecureRandom());
        String published = write("public.pem", old.publicPem());
        start(Program.AUDIT, Map.of("CLAWSEC_JWT_PUBLIC_KEYS_FILE", published));
        ServerProcess issuer = start(Program.ISSUE_TOKEN, issuing(old, published));
        Ask oldAsk = Ask.get("/audit").bearer(token("ann", "auditor"));
        assertThat(status(Program.AUDIT, oldAsk)).isEqualTo(200);

        replace("public.pem", old.publicPem() + next.publicPem());
        issuer.stop();
        start(Program.ISSUE_TOKEN, issuing(next, published));
        Ask newAsk = Ask.get("/audit").bearer(token("ann", "auditor"));
        awaitStatus(newAsk, 200);
        assertThat(status(Program.AUDIT, oldAsk))
                .as("the old key is there still")
                .isEqualTo(200);

        replace("public.pem", next.publicPem());
        awaitStatus(oldAsk, 401);
        assertThat(status(Program.AUDIT, newAsk)).isEqualTo(200);
    }

    private Map<String, String> issuing(GeneratedPair pair, String published) throws IOException {
        return Map.of(
                "CLAWSEC_JWT_PRIVATE_KEY_FILE",
                write("private.pem", pair.privatePem()),
                "CLAWSEC_JWT_PUBLIC_KEYS_FILE",
                published);
    }

    private void awaitStatus(Ask ask, int status) throws IOException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (status(Program.AUDIT, ask) != status) {
            assertThat(System.nanoTime() - deadline)
                    .as("no %d within %s", status, LONGEST_WAIT)
                    .isNegative();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private String write(String name, String text) throws IOException {
        return OwnerOnlyFile.write(folder, name, text);
    }

    private void replace(String name, String text) throws IOException {
        Files.move(Path.of(write(name + ".next", text)), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
