package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an export holds while a reader takes it: one page, however many there are. */
class ExportMemoryTest {

    private static final int EVENTS = 50_000;

    /** Collecting garbage at every page would take long. */
    private static final int COUNTED_EVERY = 20;

    private final InMemoryAudit audit = new InMemoryAudit();
    private final Watched watched = new Watched();
    private final long[] lines = new long[1];

    /** An audit that knows which of its pages somebody still holds. */
    private final class Watched implements AuditRepository {

        private final List<WeakReference<StoredEvent>> pages = new ArrayList<>();

        @Override
        public AuditPage find(AuditQuery query) {
            if (pages.size() % COUNTED_EVERY == 0) {
                assertThat(held()).as("pages in memory before the next is read").isZero();
            }
            AuditPage page = audit.find(query);
            pages.add(new WeakReference<>(page.events().get(0)));
            return page;
        }

        private long held() {
            System.gc();
            return pages.stream().filter(page -> page.get() != null).count();
        }

        @Override
        public void append(List<AuditEvent> events) {
            audit.append(events);
        }

        @Override
        public void forEachRecord(Consumer<StoredRecord> consumer) {
            audit.forEachRecord(consumer);
        }

        @Override
        public void probe() {
            audit.probe();
        }
    }

    @Test
    void one_page_is_in_memory_and_the_next_is_read_when_it_has_been_taken() throws IOException {
        AuditSamples samples = new AuditSamples(7);
        for (int i = 0; i < EVENTS; i += AuditRepository.MOST_AT_ONCE) {
            audit.append(samples.events(Math.min(AuditRepository.MOST_AT_ONCE, EVENTS - i)));
        }
        ExportRequest all = new ExportRequest(AuditQuery.newest(ExportRequest.PAGE), Long.MAX_VALUE, List.of());
        Export export = new Export(watched, all, new FixedClock(Instant.parse("2027-03-01T12:00:00Z")));
        long[] longest = new long[1];
        export.writeTo(piece -> {
            assertThat(lines[0])
                    .as("lines that were taken when a page was read")
                    .isGreaterThanOrEqualTo((watched.pages.size() - 1L) * ExportRequest.PAGE);
            for (byte b : piece) {
                lines[0] += b == '\n' ? 1 : 0;
            }
            longest[0] = Math.max(longest[0], piece.length);
        });
        assertThat(lines[0]).isEqualTo(EVENTS);
        assertThat(longest[0]).isLessThan(256 * 1024);
        System.out.println("ExportMemoryTest: " + EVENTS + " events in " + watched.pages.size()
                + " pages, longest piece " + longest[0] + " bytes");
    }
}
