package io.clawsec.bench;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
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
 * Prints what stores do under load, side by side: durable appends a second and their latency at 1, 8 and 64 callers, and
 * the latency of a page of 100 events by each filter over many events.
 *
 * <p>Arguments: how many events to fill each store with before pages are read, then the stores as {@code DATABASE_URL}s,
 * each of them empty; what is on the class path as a {@link StoreProvider} can be named. At the end every chain must
 * verify.
 */
public final class StoreLoad {

    private static final int[] CALLERS = {1, 8, 64};
    private static final int FILLERS = 32;
    private static final int PAGE = 100;
    private static final int PAGES = 200;
    private static final int PAGES_TO_WARM = 30;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private final AuditRepository audit;
    private final LoadEvents events;

    private StoreLoad(AuditRepository audit, Instant now) {
        this.audit = audit;
        this.events = new LoadEvents(now);
    }

    /** Measures every store that is named. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            throw new IllegalArgumentException("usage: StoreLoad EVENTS URL...");
        }
        long fill = Long.parseLong(args[0]);
        for (String url : List.of(args).subList(1, args.length)) {
            try (Store store = open(url)) {
                StoreLoad load = new StoreLoad(store.audit(), Instant.now());
                System.out.printf("%n%s%n", store.audit().system());
                load.appends();
                load.fill(fill);
                load.pages();
                System.out.println(AuditVerifier.verify(store.audit()));
            }
        }
    }

    private static Store open(String url) {
        return ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.handles(url))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no store on the class path handles one of the URLs"))
                .open(url, Path.of("").toAbsolutePath());
    }

    private void appends() throws InterruptedException {
        System.out.println("| callers | appends/s | p50 ms | p99 ms |");
        System.out.println("|---|---|---|---|");
        for (int callers : CALLERS) {
            appendFor(callers, WARM_UP);
            Latencies latencies = appendFor(callers, MEASURED);
            print(callers + " | " + Math.round(latencies.count() / (MEASURED.toMillis() / 1e3)), latencies);
        }
    }

    private Latencies appendFor(int callers, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return Latencies.of(callers, caller -> latencies -> {
            while (System.nanoTime() - end < 0) {
                List<AuditEvent> one = List.of(events.next());
                latencies.time(() -> audit.append(one));
            }
        });
    }

    private void fill(long count) throws InterruptedException {
        AtomicLong left = new AtomicLong(count);
        long start = System.nanoTime();
        Latencies.of(FILLERS, caller -> latencies -> {
            while (left.addAndGet(-AuditRepository.MOST_AT_ONCE) > -AuditRepository.MOST_AT_ONCE) {
                audit.append(events.next(AuditRepository.MOST_AT_ONCE));
            }
        });
        System.out.printf(Locale.ROOT, "filled with %,d events in %.0f s%n", count, (System.nanoTime() - start) / 1e9);
    }

    private void pages() throws InterruptedException {
        System.out.println("| page of " + PAGE + " by | events | p50 ms | p99 ms |");
        System.out.println("|---|---|---|---|");
        for (Map.Entry<String, Supplier<AuditQuery>> filter : filters().entrySet()) {
            AtomicLong found = new AtomicLong();
            readPages(PAGES_TO_WARM, filter.getValue(), found);
            Latencies latencies = readPages(PAGES, filter.getValue(), found);
            print(filter.getKey() + " | " + found, latencies);
        }
    }

    private Latencies readPages(int pages, Supplier<AuditQuery> queries, AtomicLong found) throws InterruptedException {
        return Latencies.of(1, caller -> latencies -> {
            for (int i = 0; i < pages; i++) {
                AuditQuery query = queries.get();
                latencies.time(() -> found.set(audit.find(query).events().size()));
            }
        });
    }

    private static void print(String what, Latencies latencies) {
        System.out.printf(
                Locale.ROOT, "| %s | %.2f | %.2f |%n", what, latencies.percentile(50), latencies.percentile(99));
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
