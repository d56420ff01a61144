package io.clawsec.store.dynamodb;

import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.UnreadableRecordException;
import io.clawsec.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/**
 * Reads pages: period by period, newest first, the shards of one period merged; then the records that the entries found
 * tell of. Holds a page and the few entries read ahead, however many there are behind. Safe for use by many threads.
 */
final class AuditPages {

    /**
     * How long a page is looked for. Past it the page ends with what was found; where that is nothing, the caller is told
     * so, for a page without events would look like the end.
     */
    static final Duration MOST_LOOKING = Duration.ofSeconds(15);

    private final AuditTable table;
    private final RetriedCalls calls;
    private final ParallelReads reads;
    private final AuditPeriods periods;
    private final LongSupplier nanoTime;

    AuditPages(AuditTable table, RetriedCalls calls, ParallelReads reads, AuditPeriods periods, LongSupplier nanoTime) {
        this.table = table;
        this.calls = calls;
        this.reads = reads;
        this.periods = periods;
        this.nanoTime = nanoTime;
    }

    AuditPage page(AuditQuery query) throws StoreUnavailableException {
        AuditSearch search = AuditSearch.of(query);
        Found found = new Found(query.limit(), nanoTime.getAsLong());
        if (!search.isEmpty()) {
            if (search.index() == AuditIndex.REQUEST) {
                merge(search, List.of(search.value()), found);
            } else {
                walk(search, found);
            }
        }
        return found.page();
    }

    /** What was found so far, and whether to go on. One more than the page holds tells whether there is a next one. */
    private final class Found {

        private final int limit;
        private final long began;
        private final List<IndexEntries.Entry> entries = new ArrayList<>();
        private boolean cut;

        Found(int limit, long began) {
            this.limit = limit;
            this.began = began;
        }

        void add(IndexEntries.Entry entry) {
            entries.add(entry);
        }

        int missing() {
            return limit + 1 - entries.size();
        }

        /** Whether there is enough, or no more time. */
        boolean isEnough() throws StoreUnavailableException {
            if (missing() <= 0) {
                return true;
            }
            cut = nanoTime.getAsLong() - began > MOST_LOOKING.toNanos();
            if (cut && entries.isEmpty()) {
                throw new StoreUnavailableException(
                        "nothing was found in " + MOST_LOOKING.toSeconds() + " s; narrow from and to", null);
            }
            return cut;
        }

        AuditPage page() throws StoreUnavailableException {
            boolean more = entries.size() > limit;
            List<IndexEntries.Entry> shown = more ? entries.subList(0, limit) : entries;
            boolean goesOn = more || (cut && !shown.isEmpty());
            return new AuditPage(
                    events(shown),
                    goesOn ? AuditCursor.of(shown.get(shown.size() - 1).place()) : null);
        }
    }

    private void walk(AuditSearch search, Found found) throws StoreUnavailableException {
        for (Map.Entry<Long, List<Integer>> period :
                periods.between(search.firstPeriod(), search.lastPeriod()).entrySet()) {
            if (found.isEnough()) {
                return;
            }
            List<String> partitions = period.getValue().stream()
                    .map(shard -> AuditKeys.indexKey(search.index(), search.value(), period.getKey(), shard))
                    .toList();
            merge(search, partitions, found);
        }
    }

    private void merge(AuditSearch search, List<String> partitions, Found found) throws StoreUnavailableException {
        int expected = 2 * (found.missing() / partitions.size() + 1); // shards are about even
        List<IndexEntries> unread = new ArrayList<>();
        partitions.forEach(partition -> unread.add(new IndexEntries(table, search, partition, expected)));
        PriorityQueue<IndexEntries> ready = new PriorityQueue<>(
                Math.max(1, partitions.size()),
                Comparator.comparing(AuditPages::placeOf).reversed());
        while (!found.isEnough()) {
            read(unread, ready);
            if (!unread.isEmpty()) {
                continue; // a filter left nothing of what was read there
            }
            IndexEntries newest = ready.poll();
            if (newest == null) {
                return;
            }
            found.add(newest.take());
            if (newest.peek() != null) {
                ready.add(newest);
            } else if (newest.mustRead()) {
                unread.add(newest);
            }
        }
    }

    private static AuditPlace placeOf(IndexEntries entries) {
        IndexEntries.Entry next = entries.peek();
        if (next == null) {
            throw new IllegalStateException("only shards with a next entry are compared");
        }
        return next.place();
    }

    /** Reads each of the unread once, and moves those that can say what comes next to the ready. */
    private void read(List<IndexEntries> unread, PriorityQueue<IndexEntries> ready) throws StoreUnavailableException {
        List<Callable<IndexEntries>> tasks = new ArrayList<>();
        for (IndexEntries entries : unread) {
            tasks.add(() -> {
                entries.read(calls);
                return entries;
            });
        }
        if (tasks.isEmpty()) {
            return;
        }
        reads.all(tasks);
        unread.removeIf(entries -> {
            if (entries.peek() != null) {
                ready.add(entries);
            }
            return !entries.mustRead();
        });
    }

    private List<StoredEvent> events(List<IndexEntries.Entry> entries) throws StoreUnavailableException {
        Map<Key, AuditItem> items = new HashMap<>();
        List<Callable<Map<Key, AuditItem>>> tasks = new ArrayList<>();
        for (int i = 0; i < entries.size(); i += RetriedCalls.MOST_ITEMS) {
            List<Key> keys = entries.subList(i, Math.min(i + RetriedCalls.MOST_ITEMS, entries.size())).stream()
                    .map(IndexEntries.Entry::key)
                    .toList();
            tasks.add(() -> calls.items(table.records(), keys));
        }
        if (!tasks.isEmpty()) {
            reads.all(tasks).forEach(items::putAll);
        }
        List<StoredEvent> events = new ArrayList<>(entries.size());
        for (IndexEntries.Entry entry : entries) {
            AuditItem item = items.get(entry.key());
            if (item != null) { // an index may still tell of what was removed
                events.add(event(item));
            }
        }
        return events;
    }

    private static StoredEvent event(AuditItem item) {
        try {
            return AuditRecord.parse(item.record()).filedUnder(item.hash());
        } catch (UnreadableRecordException e) {
            throw new AuditUnavailableException("a stored record cannot be read; verifying the audit names it", e);
        }
    }
}
