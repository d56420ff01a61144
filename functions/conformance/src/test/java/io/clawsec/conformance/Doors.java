package io.clawsec.conformance;

import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The product five times over, set up alike, each with a store of its own: all in one process; each function a process, on
 * SQLite, on PostgreSQL and on DynamoDB Local; each function's package under AWS's runtime client.
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

    /** A package on Lambda counts as reachable by others, and so does a container here: what follows is then the same. */
    private static final Map<String, String> ON_KUBERNETES = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    private final Path folder;
    private final TokenKeyPair keys;
    private final Map<String, String> settings;
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    private final List<LambdaProcess> packages = new CopyOnWriteArrayList<>();
    private final List<Door> all = new ArrayList<>();

    private Doors(Path folder, TokenKeyPair keys, Map<String, String> settings) {
        this.folder = folder;
        this.keys = keys;
        this.settings = settings;
    }

    /**
     * Starts all processes.
     *
     * @param backend the model's URL
     */
    static Doors open(Path folder, URI backend) throws IOException {
        Doors doors = new Doors(folder, TokenKeyPair.write(folder), settings(folder, backend));
        try {
            doors.start();
            return doors;
        } catch (IOException | RuntimeException | Error e) {
            doors.close();
            throw e;
        }
    }

    /** A door's processes at once, and door after door: more at once would be ready no sooner, and might be too late. */
    private void start() throws IOException {
        List<DoorStore> servers = ManyCallers.run(
                2,
                caller -> closedLater(caller == 0 ? PostgresDoorStore.start(folder) : DynamoDbDoorStore.start(folder)));
        all.add(allInOne());
        all.add(apart("apart", sqlite("apart/data/clawsec.db")));
        all.add(apart("apart-on-postgresql", servers.get(0)));
        all.add(apart("apart-on-dynamodb", servers.get(1)));
        all.add(lambda());
    }

    private Door allInOne() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        List<RunningProgram> program = ManyCallers.run(
                1,
                only -> closedLater(
                        ServerProcess.start(Program.ALL_IN_ONE, one, with(settings, ON_KUBERNETES, keys.signing()))));
        return door("all-in-one", Map.of("all", program.get(0)), sqlite("one/data/clawsec.db"));
    }

    /** The functions' own processes on one store. */
    private Door apart(String name, DoorStore store) throws IOException {
        Path apart = Files.createDirectory(folder.resolve(name));
        return door(
                name,
                eachFunction(function -> ServerProcess.start(
                        Program.ofModule(function), apart, with(own(function), ON_KUBERNETES, store.settings()))),
                store);
    }

    /** The functions' packages. */
    private Door lambda() throws IOException {
        Path lambda = Files.createDirectory(folder.resolve("lambda"));
        Path database = lambda.resolve("clawsec.db");
        DoorStore store = new SqliteDoorStore(database, Map.of("DATABASE_URL", LambdaStore.SCHEME + database));
        Map<String, RunningProgram> programs = eachFunction(function -> {
            LambdaProcess process = LambdaProcess.startWithStore(
                    new LambdaPackage(function), lambda, with(own(function), store.settings()));
            packages.add(process);
            return process;
        });
        return door(Door.LAMBDA, programs, store);
    }

    private Door door(String name, Map<String, RunningProgram> programs, DoorStore store) {
        UnaryOperator<String> routedPath = name.equals(Door.LAMBDA) ? HttpApiEvents::decoded : UnaryOperator.identity();
        return new Door(name, programs, routedPath, store, keys.signature());
    }

    /** The file that a process makes in its data folder. */
    private DoorStore sqlite(String file) {
        return new SqliteDoorStore(folder.resolve(file), Map.of());
    }

    /** How a function's program is started. */
    @FunctionalInterface
    private interface Start {
        RunningProgram of(String function) throws IOException, InterruptedException;
    }

    private Map<String, RunningProgram> eachFunction(Start start) {
        List<RunningProgram> inOrder =
                ManyCallers.run(Functions.ALL.size(), caller -> closedLater(start.of(Functions.ALL.get(caller))));
        Map<String, RunningProgram> byFunction = new LinkedHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            byFunction.put(Functions.ALL.get(i), inOrder.get(i));
        }
        return byFunction;
    }

    private <T extends AutoCloseable> T closedLater(T resource) {
        opened.addFirst(resource);
        return resource;
    }

    /** What one function's processes are told. */
    private Map<String, String> own(String function) {
        Map<String, String> own =
                with(settings, function.equals(Functions.ISSUE_TOKEN) ? keys.signing() : keys.verifying());
        if (function.equals(Functions.AUDIT)) {
            own.put("SPRING_CLOUD_FUNCTION_DEFINITION", "audit"); // chooses nothing
        }
        return own;
    }

    /** What all processes have in common. */
    private static Map<String, String> settings(Path folder, URI backend) throws IOException {
        Path policy = Files.createDirectory(folder.resolve("policy"));
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

    @SafeVarargs
    private static Map<String, String> with(Map<String, String> settings, Map<String, String>... more) {
        Map<String, String> all = new HashMap<>(settings);
        for (Map<String, String> each : more) {
            all.putAll(each);
        }
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
        return packages.stream()
                .flatMap(function -> function.runtime().invocationErrors().stream())
                .toList();
    }

    /** The last first: processes before the stores that they use. Nothing is left running, whatever fails. */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("what the test started may still run", failures.get(0));
        }
    }
}
