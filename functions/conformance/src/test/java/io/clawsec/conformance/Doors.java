package io.clawsec.conformance;

import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The product three times over, set up alike, each with a store of its own: all in one process; each function a process;
 * each function's package under AWS's runtime client.
 */
final class Doors implements AutoCloseable {

    /** The one origin whose scripts may call. */
    static final String ORIGIN = "https://chat.example.com";

    /** A role that the packaged files do not have: one question an hour. */
    static final String SELDOM = "seldom";

    /** The backend's key. */
    static final String BACKEND_KEY = RunningClawSec.unique("sk-backend");

    /** A key that is saved while it runs. */
    static final String SAVED_KEY = RunningClawSec.unique("sk-saved");

    private static final Path PACKAGED_ROLES =
            Clone.TOP.resolve("shared-policy/core/src/main/resources/policy/roles.yaml");

    private final TokenKeyPair keys;
    private final List<RunningProgram> programs;
    private final List<Door> all;

    private Doors(Path folder, TokenKeyPair keys, List<RunningProgram> programs) {
        int functions = Functions.ALL.size();
        this.keys = keys;
        this.programs = programs;
        this.all = List.of(
                new Door(
                        "all-in-one",
                        Map.of("all", programs.get(0)),
                        UnaryOperator.identity(),
                        folder.resolve("one/data/clawsec.db"),
                        keys.signature()),
                new Door(
                        "apart",
                        byFunction(programs.subList(1, 1 + functions)),
                        UnaryOperator.identity(),
                        folder.resolve("apart/data/clawsec.db"),
                        keys.signature()),
                new Door(
                        Door.LAMBDA,
                        byFunction(programs.subList(1 + functions, 1 + 2 * functions)),
                        HttpApiEvents::decoded,
                        folder.resolve("lambda/clawsec.db"),
                        keys.signature()));
    }

    private static Map<String, RunningProgram> byFunction(List<RunningProgram> inOrder) {
        Map<String, RunningProgram> byFunction = new LinkedHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            byFunction.put(Functions.ALL.get(i), inOrder.get(i));
        }
        return byFunction;
    }

    /**
     * Starts all processes at once.
     *
     * @param backend the model's URL
     */
    static Doors open(Path folder, URI backend) throws IOException {
        for (String name : List.of("one", "apart", "lambda", "policy")) {
            Files.createDirectories(folder.resolve(name));
        }
        TokenKeyPair keys = TokenKeyPair.write(folder);
        Map<String, String> settings = settings(folder, backend);
        List<RunningProgram> started = new CopyOnWriteArrayList<>();
        try {
            return new Doors(folder, keys, ManyCallers.run(1 + 2 * Functions.ALL.size(), caller -> {
                RunningProgram program = start(caller, folder, keys, settings);
                started.add(program);
                return program;
            }));
        } catch (RuntimeException | Error e) {
            started.forEach(RunningProgram::close);
            throw e;
        }
    }

    /** In this order: the all-in-one process, the functions' processes, the functions' packages. */
    private static RunningProgram start(int number, Path folder, TokenKeyPair keys, Map<String, String> settings)
            throws IOException, InterruptedException {
        if (number == 0) {
            return ServerProcess.start(
                    Program.ALL_IN_ONE, folder.resolve("one"), onKubernetes(with(settings, keys.signing())));
        }
        int functions = Functions.ALL.size();
        String function = Functions.ALL.get((number - 1) % functions);
        Map<String, String> own =
                with(settings, function.equals(Functions.ISSUE_TOKEN) ? keys.signing() : keys.verifying());
        if (function.equals(Functions.AUDIT)) {
            own.put("SPRING_CLOUD_FUNCTION_DEFINITION", "audit"); // chooses nothing
        }
        if (number <= functions) {
            return ServerProcess.start(Program.ofModule(function), folder.resolve("apart"), onKubernetes(own));
        }
        own.put("DATABASE_URL", LambdaStore.SCHEME + folder.resolve("lambda/clawsec.db"));
        return LambdaProcess.startWithStore(new LambdaPackage(function), folder.resolve("lambda"), own);
    }

    /** What all processes have in common. */
    private static Map<String, String> settings(Path folder, URI backend) throws IOException {
        Path policy = folder.resolve("policy");
        Files.writeString(
                policy.resolve("roles.yaml"),
                Clone.text(PACKAGED_ROLES)
                        + "  " + SELDOM
                        + ": {description: Asks seldom., permissions: ['query:submit', 'output:read'],"
                        + " requests_per_hour: 1}\n");
        return Map.of(
                "ALLOWED_ORIGINS",
                ORIGIN,
                "CLAWSEC_TOKEN_MODE",
                "development",
                "CLAWSEC_TOKEN_ALLOW_OPEN",
                "true",
                "CLAWSEC_POLICY_DIR",
                policy.toString(),
                "CLAWSEC_DATA_KEY",
                "0f".repeat(32),
                "TRUSTED_PROXIES",
                "127.0.0.1," + HttpApiEvents.SOURCE_IP,
                "LLM_API_URL",
                backend.toString(),
                "LLM_API_KEY",
                BACKEND_KEY,
                "LLM_MODEL",
                "gpt-test",
                "LLM_TIMEOUT",
                "3");
    }

    /** A package on Lambda counts as reachable by others, and so does a container here: what follows is then the same. */
    private static Map<String, String> onKubernetes(Map<String, String> settings) {
        return with(settings, Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    /** The doors; the first is the all-in-one process. */
    List<Door> all() {
        return all;
    }

    /** What every token that is sound is signed with. */
    TokenKeyPair keys() {
        return keys;
    }

    /** What Lambda would have logged as errors, and its clients seen as bare 500s. */
    List<String> invocationErrors() {
        return programs.stream()
                .filter(LambdaProcess.class::isInstance)
                .map(LambdaProcess.class::cast)
                .flatMap(function -> function.runtime().invocationErrors().stream())
                .toList();
    }

    @Override
    public void close() {
        programs.forEach(RunningProgram::close);
    }
}
