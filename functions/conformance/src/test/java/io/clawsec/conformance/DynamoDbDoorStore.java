package io.clawsec.conformance;

import io.clawsec.store.Store;
import io.clawsec.store.dynamodb.DynamoDbStoreProvider;
import io.clawsec.testkit.DynamoDbLocal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tables in DynamoDB Local, made by the command, and a proxy before it that can refuse. */
final class DynamoDbDoorStore implements DoorStore {

    private static final String PREFIX = "doors";
    private static final String SECRET = RunningClawSec.unique("made-up");

    /** The local engine takes any, and keeps what each made apart. */
    private static final String ACCESS_KEY = "doors";

    /** What the SQL stores keep in these tables, DynamoDB keeps in those. */
    private static final Map<String, String> TABLES = Map.of(
            "audit_events", PREFIX + "-audit",
            "usage_reservations", PREFIX + "-usage",
            "settings_sections", PREFIX + "-settings");

    private final URI engine;
    private final RefusingProxy proxy;

    private DynamoDbDoorStore(URI engine, RefusingProxy proxy) {
        this.engine = engine;
        this.proxy = proxy;
    }

    /** Starts the engine and makes the tables. */
    static DynamoDbDoorStore start(Path folder) throws IOException, InterruptedException {
        URI engine = DynamoDbLocal.start(
                Clone.TOP.resolve("shared-policy/store-dynamodb").resolve(DynamoDbLocal.CLASS_PATH_FILE));
        DynamoDbDoorStore store = new DynamoDbDoorStore(engine, RefusingProxy.before(engine));
        System.setProperty("aws.accessKeyId", ACCESS_KEY); // for open()
        System.setProperty("aws.secretAccessKey", SECRET);
        try {
            MigrateProcess.run(folder, store.settings());
            return store;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private static String url(URI endpoint) {
        return "dynamodb://" + PREFIX + "?region=eu-central-1&endpoint=" + endpoint;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "DATABASE_URL", url(proxy.address()), "AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    @Override
    public void refuseWrites(String table) {
        String name = TABLES.get(table);
        if (name == null) {
            throw new AssertionError("DynamoDB has no table for " + table);
        }
        proxy.refuseWrites(name);
    }

    @Override
    public void allowWrites() {
        proxy.allowWrites();
    }

    @Override
    public Store open() {
        return new DynamoDbStoreProvider().open(url(engine), Path.of("/"));
    }

    @Override
    public void close() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        proxy.close();
    }
}
