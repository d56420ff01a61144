package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.Deployment;
import io.clawsec.edge.Parts;
import io.clawsec.edge.catalog.AssembledFunctions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** How long requests under way are waited for at the end of the process. */
class PatientStopTest {

    /** A server with a request that never ends. */
    private static final class Busy implements SmartLifecycle {

        private boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public void stop(Runnable ended) {
            // It never is.
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Test
    @Timeout(5) // Spring's own patience is 10 s
    void a_stop_waits_no_longer_than_its_patience() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean(
                AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
                PatientStop.class,
                () -> new PatientStop(Duration.ofMillis(50)));
        context.registerBean(Busy.class, Busy::new);
        context.refresh();
        context.close();
        assertThat(context.isActive()).isFalse();
    }

    @Test
    void a_container_waits_nearly_as_long_as_orchestrators_do() {
        Configuration configuration =
                Configuration.from(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", "off"), Deployment.ONE_PROCESS);
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            WebServer.register(
                    context,
                    new Parts(configuration, "test", Clock.systemUTC()),
                    new Ports(0, Ports.NONE),
                    new AssembledFunctions(Set.of(), CompletableFuture.completedFuture(Map.of())));
            assertThat(context.getDefaultListableBeanFactory()
                            .getBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, PatientStop.class)
                            .patience())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(27));
        }
    }
}
