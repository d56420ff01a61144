package io.clawsec.bench;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.Verification;
import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import io.clawsec.store.dynamodb.DynamoDbTables;
import io.clawsec.store.dynamodb.DynamoDbUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints what stores do under load, side by side in one table: durable appends a second and their latency at 1, 8 and
 * 64 callers, and the latency of a page of 100 events by each filter over many events.
 *
 * <p>Arguments: how many events to fill a store with before pages are read, and the stores as {@code DATABASE_URL}s,
 * each of them empty; a number holds for the stores behind it. DynamoDB's tables are made where there are none. A kind
 * of store that is not named has a column that says so. At the end every chain must verify.
 */
public final class StoreLoad {

    /** Kinds of stores by how their URLs begin. */
    private static final Map<String, String> KINDS = kinds();

    private static final int[] CALLERS = {1, 8, 64};
    private static final int FILLERS = 32;
    private static final int PAGE = 100;
    private static final int PAGES = 200;
    private static final int PAGES_TO_WARM = 30;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final Duration MOST_READING = Duration.ofSeconds(5);

    private final AuditRepository audit;
    private final LoadTable table;
    private final LoadEvents events;

    private StoreLoad(AuditRepository audit, LoadTable table, Instant now) {
        this.audit = audit;
        this.table = table;
        this.events = new LoadEvents(now);
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("sqlite", "SQLite");
        kinds.put("postgres", "PostgreSQL");
        kinds.put("dynamodb", "DynamoDB");
        return kinds;
    }

    /** Measures every store that is named. */
    public static void main(String[] args) throws InterruptedException {
        LoadTable table = new LoadTable();
        Map<String, String> unnamed = kinds();
        long fill = 0;
        for (String argument : args) {
            if (argument.matches("[0-9]{1,12}")) {
                fill = Long.parseLong(argument);
            } else {
                measure(argument, fill, table);
                unnamed.remove(scheme(argument));
            }
        }
        if (unnamed.size() == KINDS.size()) {
            throw new IllegalArgumentException("usage: StoreLoad EVENTS URL... [EVENTS URL...]");
        }
        unnamed.values().forEach(kind -> table.absent(kind, "no URL given"));
        System.out.print(table.text());
    }

    private static String scheme(String url) {
        return KINDS.keySet().stream()
                .filter(url::startsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a URL is of none of the kinds " + KINDS.values()));
    }

    private static void measure(String url, long fill, LoadTable table) throws InterruptedException {
        table.column(String.valueOf(KINDS.get(scheme(url))));
        try (Store store = open(url)) {
            StoreLoad load = new StoreLoad(store.audit(), table, Instant.now());
            load.appends();
            load.fill(fill);
            load.pages();
            Verification verification = AuditVerifier.verify(store.audit());
            table.put(
                    "chains",
                    verification.problems().isEmpty()
                            ? String.format(Locale.ROOT, "%,d events verify", verification.events())
                            : "PROBLEMS: " + verification.problems());
        }
    }

    private static Store open(String url) {
        if (url.startsWith("dynamodb")) {
            DynamoDbTables.create(DynamoDbUrl.parse(url));
        }
        return ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.handles(url))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no store on the class path handles one of the URLs"))
                .open(url, Path.of("").toAbsolutePath());
    }

    private void appends() throws InterruptedException {
        for (int callers : CALLERS) {
            appendFor(callers, WARM_UP, new AtomicLong());
            AtomicLong refused = new AtomicLong();
            Latencies latencies = appendFor(callers, MEASURED, refused);
            String rate = String.format(
                    Locale.ROOT, "**%,d**/s, %s", latencies.count() * 1000L / MEASURED.toMillis(), times(latencies));
            put(
                    "appends at " + callers + ": /s, p50, p99 ms",
                    rate + (refused.get() == 0 ? "" : ", refused " + refused));
        }
    }

    private Latencies appendFor(int callers, Duration time, AtomicLong refused) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return Latencies.of(callers, caller -> latencies -> {
            while (System.nanoTime() - end < 0) {
                List<AuditEvent> one = List.of(events.next());
                try {
                    latencies.time(() -> audit.append(one));
                } catch (AuditUnavailableException e) { // a store that is overloaded says so, and has its figure too
                    refused.incrementAndGet();
                }
            }
        });
    }

    private void fill(long count) throws InterruptedException {
        AtomicLong left = new AtomicLong(count);
        AtomicLong refused = new AtomicLong();
        long start = System.nanoTime();
        Latencies.of(FILLERS, caller -> latencies -> {
            while (left.addAndGet(-AuditRepository.MOST_AT_ONCE) > -AuditRepository.MOST_AT_ONCE) {
                try {
                    audit.append(events.next(AuditRepository.MOST_AT_ONCE));
                } catch (AuditUnavailableException e) {
                    refused.addAndGet(AuditRepository.MOST_AT_ONCE);
                }
            }
        });
        put(
                "filled, " + AuditRepository.MOST_AT_ONCE + " at once",
                String.format(Locale.ROOT, "%,d in %.0f s", count - refused.get(), (System.nanoTime() - start) / 1e9));
    }

    private void pages() throws InterruptedException {
        for (Map.Entry<String, Supplier<AuditQuery>> filter : filters().entrySet()) {
            AtomicLong found = new AtomicLong();
            readPages(PAGES_TO_WARM, filter.getValue(), found);
            Latencies latencies = readPages(PAGES, filter.getValue(), found);
            put(
                    "page of " + PAGE + " by " + filter.getKey() + ": p50, p99 ms (found)",
                    times(latencies) + " (" + found + ")");
        }
    }

    /** Fewer than asked for where a page takes long. */
    private Latencies readPages(int pages, Supplier<AuditQuery> queries, AtomicLong found) throws InterruptedException {
        long end = System.nanoTime() + MOST_READING.toNanos();
        return Latencies.of(1, caller -> latencies -> {
            for (int i = 0; i < pages && (i == 0 || System.nanoTime() - end < 0); i++) {
                AuditQuery query = queries.get();
                latencies.time(() -> found.set(audit.find(query).events().size()));
            }
        });
    }

    private void put(String row, String cell) {
        System.err.println(row + " = " + cell); // whoever waits sees that it goes on
        table.put(row, cell);
    }

    private static String times(Latencies latencies) {
        return latencies.count() == 0
                ? "none"
                : String.format(Locale.ROOT, "%.2f, %.2f", latencies.percentile(50), latencies.percentile(99));
    }

    private Map<String, Supplier<AuditQuery>> filters() {
        Map<String, Supplier<AuditQuery>> filters = new LinkedHashMap<>();
        Instant middle = events.middle();
        EventType rare = LoadEvents.RARE_TYPE;
        filters.put("nothing", () -> AuditQuery.newest(PAGE));
        filters.put("event_type, frequent", () -> query(EventType.LLM_QUERY, null, null, null));
        filters.put("event_type, rare", () -> query(rare, null, null, null));
        filters.put("user_id", () -> query(null, events.user(), null, null));
        filters.put("outcome", () -> query(null, null, EventOutcome.DENIED, null));
        filters.put("user_id, event_type, outcome", () -> query(rare, events.user(), EventOutcome.ERROR, null));
        filters.put("from and to, in the middle", () -> query(null, null, null, middle));
        filters.put("user_id, from and to", () -> query(null, events.user(), null, middle));
        AuditPage first = audit.find(AuditQuery.newest(PAGE));
        filters.put(
                "request_id",
                () -> new AuditQuery(
                        PAGE,
                        null,
                        null,
                        null,
                        null,
                        first.events().get(0).event().requestId(),
                        null,
                        null));
        filters.put("cursor", () -> new AuditQuery(PAGE, first.nextCursor(), null, null, null, null, null, null));
        return filters;
    }

    private static AuditQuery query(
            @Nullable EventType type, @Nullable String userId, @Nullable EventOutcome outcome, @Nullable Instant from) {
        Instant to = from == null ? null : from.plus(Duration.ofHours(6));
        return new AuditQuery(PAGE, null, type, userId, outcome, null, from, to);
    }
}
