package io.clawsec.testkit;

import io.clawsec.testkit.LinkState.Act;
import io.clawsec.testkit.LinkState.Direction;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultyLink}: two sockets, and a thread for each direction. */
final class LinkedSockets {

    private static final int BUFFER = 1 << 18;
    private static final long MOST_ENDING_MILLIS = 5_000;

    private final FaultyLink link;
    private final LinkState state;
    private final Socket service;
    private final Socket store;
    private final Predicate<byte[]> commits;
    private final List<Thread> threads;

    /** Followed by the thread to the store only, and only where requests can be answered here. */
    private final HttpRequests requests = new HttpRequests();

    /** What the request at hand is answered with instead of being forwarded. */
    private byte @Nullable [] answer;

    private volatile boolean over;
    private volatile @Nullable Act atAnswer;

    LinkedSockets(FaultyLink link, LinkState state, Socket service, Socket store, Predicate<byte[]> commits) {
        this.link = link;
        this.state = state;
        this.service = service;
        this.store = store;
        this.commits = commits;
        this.threads = List.of(
                new Thread(() -> pump(Direction.TO_STORE), "faulty-link-to-store"),
                new Thread(() -> pump(Direction.TO_SERVICE), "faulty-link-to-service"));
    }

    void start() throws IOException {
        service.setTcpNoDelay(true);
        store.setTcpNoDelay(true);
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void pump(Direction direction) {
        byte[] buffer = new byte[BUFFER];
        boolean toStore = direction == Direction.TO_STORE;
        try {
            OutputStream out = (toStore ? store : service).getOutputStream();
            while (!over) {
                int length = (toStore ? service : store).getInputStream().read(buffer);
                if (length < 0) {
                    break; // neither end of these protocols closes half a connection
                }
                state.hold(direction, () -> over);
                byte[] bytes = Arrays.copyOf(buffer, length);
                if (!over && !resetInstead()) {
                    pass(toStore, bytes, out);
                }
            }
        } catch (IOException e) {
            // An end of the connection is gone; so is the other one then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(false);
    }

    private boolean resetInstead() {
        Act act = state.countRead();
        if (act != null) {
            act.work().run();
            act.done().countDown();
        }
        return act != null;
    }

    private void pass(boolean toStore, byte[] bytes, OutputStream out) throws IOException {
        Act act = atAnswer;
        if (toStore && link.isHttp() && answeredHere(bytes)) {
            return;
        }
        if (toStore) {
            if (commits.test(bytes)) {
                atAnswer = state.takeCommit();
            }
            out.write(bytes);
        } else if (act != null) { // the store has answered, so it has committed; nobody hears of it
            act.work().run();
            end(true);
            act.done().countDown();
        } else if (!state.swallows()) {
            out.write(bytes);
        }
    }

    private boolean answeredHere(byte[] bytes) throws IOException {
        if (requests.isBetween()) {
            answer = state.answer();
        }
        boolean whole = requests.endsWith(bytes);
        byte[] instead = answer;
        if (instead != null && whole) {
            state.countAnswer();
            service.getOutputStream().write(instead); // nothing of the store's is due on this connection
        }
        return instead != null;
    }

    /** Ends both sides: with a reset, which throws away what is on its way, or as a program does that is done. */
    void end(boolean reset) {
        over = true;
        for (Socket socket : List.of(service, store)) {
            try {
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                // It is closed by then.
            }
        }
        state.wake();
        link.forget(this);
    }

    void awaitEnd() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(MOST_ENDING_MILLIS);
        }
    }
}
