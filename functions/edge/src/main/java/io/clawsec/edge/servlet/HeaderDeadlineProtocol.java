package io.clawsec.edge.servlet;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's protocol with a deadline for a request's line and headers as a whole. Tomcat bounds one silence, so a client
 * that sends a byte now and then could hold a connection for hours.
 *
 * <p>Public, with a constructor without arguments, because Tomcat makes it by name.
 */
public final class HeaderDeadlineProtocol extends Http11NioProtocol {

    /** How long a request's line and headers may take to arrive, from their first byte. */
    static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final long LOOK_SECONDS = 1;
    private static final long AT_ONCE_MILLIS = 1;

    private @Nullable ScheduledFuture<?> looking;

    /** The one place where the adapter can be had: the connector makes its own and hands it over here. */
    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new AsteriskAdapter(adapter));
    }

    @Override
    public void start() throws Exception {
        super.start();
        looking = getUtilityExecutor()
                .scheduleWithFixedDelay(this::endLate, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looking != null) {
            looking.cancel(false);
        }
        super.stop();
    }

    private void endLate() {
        long now = System.nanoTime();
        for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
            // A processor that is kept beside its connection waits for more of a request, or for a challenge's turn,
            // which comes long before the deadline. An idle connection's request has no start.
            if (connection.getCurrentProcessor() instanceof Processor processor && late(processor.getRequest(), now)) {
                // Tomcat's own look-out then takes the connection for silent, and ends it in its own way.
                connection.setReadTimeout(AT_ONCE_MILLIS);
            }
        }
    }

    private static boolean late(@Nullable Request request, long now) {
        return request != null
                && request.getStartTimeNanos() > 0
                && now - request.getStartTimeNanos() > DEADLINE.toNanos();
    }
}
