package io.clawsec.store.dynamodb;

import io.clawsec.store.StoreUnavailableException;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import io.clawsec.usage.ReserveResult;
import io.clawsec.usage.UsageLedger;
import io.clawsec.usage.UsageUnavailableException;
import io.clawsec.usage.UsageWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Usage in DynamoDB. Each counter is raised on the condition that it is below its limit, and all of them with the
 * reservation in one transaction, so neither threads nor processes can race past a limit.
 */
public final class DynamoDbUsageLedger implements UsageLedger {

    /** Locks that a process's principals share. */
    private static final int LOCKS = 256;

    /** How much longer than a call is tried a request waits for the others of the same process and principal. */
    private static final Duration WAIT_BEYOND_PATIENCE = Duration.ofSeconds(2);

    private final DynamoDbTable<ReservationItem> reservations;
    private final DynamoDbTable<WindowItem> counters;
    private final RetriedCalls calls;
    private final UnsettledReservations unsettled;
    private final Supplier<UUID> tokens;
    private final FullWindows fullWindows = new FullWindows();

    /** Transactions on one counter are in conflict with each other; those of one process need not be. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    DynamoDbUsageLedger(String table, RetriedCalls calls, ParallelReads reads, Supplier<UUID> tokens) {
        this.reservations = calls.client().table(table, ReservationItem.SCHEMA);
        this.counters = calls.client().table(table, WindowItem.SCHEMA);
        this.calls = calls;
        this.unsettled = new UnsettledReservations(reservations, calls, reads);
        this.tokens = tokens;
    }

    /** What is asked of a window: below how much it must be. Two limits may share one window; it is counted once. */
    private static Map<UsageWindow, Long> windows(Reservation reservation, List<RateLimit> limits) {
        Map<UsageWindow, Long> windows = new LinkedHashMap<>();
        limits.forEach(limit -> windows.merge(UsageWindow.of(reservation, limit), limit.requests(), Math::min));
        return windows;
    }

    @Override
    public ReserveResult reserve(Reservation reservation, List<RateLimit> limits) {
        if (limits.size() > MOST_LIMITS) {
            throw new IllegalArgumentException("a reservation has at most " + MOST_LIMITS + " limits");
        }
        List<RateLimit> asked = List.copyOf(limits);
        ReserveResult known = ReserveResult.of(reservation, asked, fullWindows::used);
        if (known instanceof ReserveResult.Exhausted) {
            return known;
        }
        if (asked.isEmpty()) {
            return reserveNow(reservation, asked);
        }
        Duration mostWait = calls.backoff().patience().plus(WAIT_BEYOND_PATIENCE);
        ReentrantLock lock = locks.get(Math.floorMod(reservation.principalKey().hashCode(), LOCKS));
        try {
            if (!lock.tryLock(mostWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(new StoreUnavailableException("too many requests of one principal wait", null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(new StoreUnavailableException("the caller was interrupted while it waited", e));
        }
        try {
            return reserveNow(reservation, asked);
        } finally {
            lock.unlock();
        }
    }

    private ReserveResult reserveNow(Reservation reservation, List<RateLimit> limits) {
        Backoff.Tries tries = calls.backoff().tries();
        try {
            while (true) {
                Map<UsageWindow, Long> used = read(windows(reservation, limits).keySet());
                used.forEach(fullWindows::saw);
                // As read before: under load others may have counted since, and the next answer says so.
                ReserveResult result = ReserveResult.of(reservation, limits, window -> used.getOrDefault(window, 0L));
                if (result instanceof ReserveResult.Exhausted || write(reservation, limits, tries)) {
                    return result;
                }
                if (!tries.again()) {
                    throw new StoreUnavailableException("others count in the same windows all the time", null);
                }
            }
        } catch (StoreUnavailableException e) {
            throw unavailable(e);
        }
    }

    private static UsageUnavailableException unavailable(StoreUnavailableException e) {
        return new UsageUnavailableException("usage cannot be written now: " + e.getMessage(), e);
    }

    private Map<UsageWindow, Long> read(Iterable<UsageWindow> windows) throws StoreUnavailableException {
        Map<UsageWindow, Long> used = new LinkedHashMap<>();
        for (UsageWindow window : windows) {
            WindowItem counter = calls.item(counters, WindowItem.key(window));
            used.put(window, counter == null ? 0 : counter.used());
        }
        return used;
    }

    /** Writes reservation and counters; false when a window was filled meanwhile. */
    private boolean write(Reservation reservation, List<RateLimit> limits, Backoff.Tries tries)
            throws StoreUnavailableException {
        TransactWriteItemsEnhancedRequest request = request(reservation, limits);
        boolean inDoubt = false;
        while (true) {
            try {
                calls.client().transactWriteItems(request);
                return true;
            } catch (SdkException e) {
                CallFailure failure = CallFailure.of(e);
                inDoubt |= failure.isInDoubt();
                if (e instanceof TransactionCanceledException cancelled && !failure.isWorthRetrying()) {
                    return cancelled(reservation, cancelled, inDoubt);
                }
                if (!failure.isWorthRetrying() || !tries.again()) {
                    throw new StoreUnavailableException("DynamoDB says " + failure.reason(e), e);
                }
            }
        }
    }

    private static boolean cancelled(Reservation reservation, TransactionCanceledException cancelled, boolean inDoubt)
            throws StoreUnavailableException {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        CancellationReason first = reasons.get(0);
        if ("ConditionalCheckFailed".equals(first.code())) {
            ReservationItem there = ReservationItem.SCHEMA.mapToItem(first.item());
            Reservation asKept = ReservationItem.of(reservation).reservation(); // to the microsecond
            if (inDoubt && there != null && Objects.equals(asKept, there.reservation())) {
                return true; // by a try whose answer was lost
            }
            throw new IllegalArgumentException("the request " + reservation.requestId() + " is reserved already");
        }
        if (reasons.stream().noneMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
            throw new StoreUnavailableException("DynamoDB says " + CallFailure.REFUSED.reason(cancelled), cancelled);
        }
        return false;
    }

    private TransactWriteItemsEnhancedRequest request(Reservation reservation, List<RateLimit> limits) {
        TransactWriteItemsEnhancedRequest.Builder request = TransactWriteItemsEnhancedRequest.builder()
                .clientRequestToken(tokens.get().toString()); // sent twice it is counted once
        TransactionWrite.once(reservations, ReservationItem.of(reservation)).addTo(request);
        windows(reservation, limits)
                .forEach((window, limit) -> request.addUpdateItem(
                        counters,
                        TransactUpdateItemEnhancedRequest.builder(WindowItem.class)
                                .item(WindowItem.of(window))
                                .conditionExpression(WindowItem.isBelow(limit))
                                .build()));
        return request.build();
    }

    @Override
    public void settle(UUID requestId) {
        try {
            calls.call(() -> reservations.deleteItemWithResponse(delete -> delete.key(ReservationItem.key(requestId))));
        } catch (StoreUnavailableException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<Reservation> unsettledBefore(Instant instant, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one reservation is asked for");
        }
        try {
            return unsettled.before(instant, most);
        } catch (StoreUnavailableException e) {
            throw new UsageUnavailableException("usage cannot be read now: " + e.getMessage(), e);
        }
    }
}
