package io.clawsec.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void a_server_that_behaves_well_gives_exit_code_0_and_a_tick_for_each_step() {
        assertThat(run(Set.of(), false)).as(output()).isZero();
        assertThat(output().lines().filter(line -> line.startsWith("✓")))
                .hasSize(DemoSteps.all().size());
        assertThat(output()).doesNotContain("✗").contains("All steps are as they should be");
    }

    @Test
    void the_output_shows_statuses_rules_what_the_model_saw_and_the_audit() {
        run(Set.of(), false);
        assertThat(output())
                .contains("✓ 200  A harmless question is answered", "The capital of France is Paris.")
                .contains("✓ 400  A prompt injection is blocked", "injection.fake", "was not asked")
                .contains("Write to [EMAIL-REDACTED] about her form, her SSN is [SSN-REDACTED].")
                .contains("Here you are: api_key=[SECRET-REDACTED]")
                .contains("✓ 403  An auditor may not ask the model")
                .containsPattern("\\d\\d:\\d\\d:\\d\\d +policy_violation +demo-agent +denied +injection.fake")
                .containsPattern("\\d\\d:\\d\\d:\\d\\d +rbac_denial +demo-auditor +denied");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_wrong_behaviour_gives_exit_code_1_and_names_its_step(Fault fault) {
        assertThat(run(Set.of(fault), false)).as(output()).isEqualTo(1);
        assertThat(output().lines().filter(line -> line.startsWith("✗")))
                .as(output())
                .anyMatch(line -> line.endsWith(fault.step()));
        assertThat(lastLine()).startsWith("Not as it should be: ").contains(fault.step());
    }

    @Test
    void a_server_that_does_not_come_up_gives_exit_code_1_and_the_reason() {
        Demo demo = new Demo(
                (url, key) -> {
                    throw new IOException("the server ended with exit code 3 before it answered");
                },
                screen(false));
        assertThat(demo.run()).isEqualTo(1);
        assertThat(lastLine()).contains("exit code 3");
    }

    @Test
    void a_server_that_cannot_be_stopped_gives_exit_code_1() {
        Demo demo =
                new Demo((url, key) -> new UnstoppableServer(FakeClawSec.start(0, url, key, Set.of())), screen(false));
        assertThat(demo.run()).isEqualTo(1);
        assertThat(lastLine()).contains("could not be stopped");
    }

    @Test
    void the_server_is_stopped_whatever_the_steps_gave() throws Exception {
        List<FakeClawSec> started = new ArrayList<>();
        Demo demo = new Demo(
                (url, key) -> {
                    started.add(FakeClawSec.start(0, url, key, Set.of(Fault.REFUSES_TOKENS)));
                    return started.get(0);
                },
                screen(false));
        demo.run();
        assertThat(new ClawSecClient(started.get(0).address()))
                .satisfies(client -> assertThat(client.isHealthy()).isFalse());
    }

    @Test
    void colours_are_for_terminals_only() {
        run(Set.of(), true);
        assertThat(output()).contains("\u001b[32m✓");
        written.reset();
        run(Set.of(), false);
        assertThat(output()).doesNotContain("\u001b");
    }

    private int run(Set<Fault> faults, boolean colours) {
        return new Demo((url, key) -> FakeClawSec.start(0, url, key, faults), screen(colours)).run();
    }

    private Screen screen(boolean colours) {
        return new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), colours);
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        return output().lines().reduce("", (before, line) -> line);
    }

    /** Stops, and says that it did not. */
    private record UnstoppableServer(FakeClawSec fake) implements PrivateServer {

        @Override
        public URI address() {
            return fake.address();
        }

        @Override
        public boolean ending() {
            return false;
        }

        @Override
        public void close() throws IOException {
            fake.close();
            throw new IOException("the private server could not be stopped");
        }
    }
}
