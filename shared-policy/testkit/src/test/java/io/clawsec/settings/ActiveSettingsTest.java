package io.clawsec.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.testkit.InMemorySettings;
import io.clawsec.testkit.ManyCallers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the store is read, by whom, and how long an old copy serves. */
@Timeout(30)
class ActiveSettingsTest {

    private static final SettingsLayer ENVIRONMENT = new SettingsLayer(Map.of(Setting.MODEL, "env-model"), Set.of());

    private final InMemorySettings repository = new InMemorySettings();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final ActiveSettings active = of(repository);

    private ActiveSettings of(SettingsRepository source) {
        return new ActiveSettings(source, new SettingsStack(ENVIRONMENT, Optional.empty()), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void saveModel(String model) {
        assertThat(repository.save(
                        SettingsSection.LLM,
                        "{\"model\":\"" + model + "\"}",
                        repository.read().version()))
                .isPresent();
    }

    @Test
    void a_copy_serves_until_it_is_old_and_then_one_request_reads_again() {
        assertThat(active.current().llm().model()).isEqualTo("env-model");
        saveModel("saved");
        int reads = repository.reads();
        pass(ActiveSettings.REREAD_AFTER.minusNanos(1));
        assertThat(active.current().llm().model()).isEqualTo("env-model");
        assertThat(repository.reads()).isEqualTo(reads);
        pass(Duration.ofNanos(1));
        assertThat(active.current().llm().model()).isEqualTo("saved");
        assertThat(active.current().llm().model()).isEqualTo("saved");
        assertThat(repository.reads()).isEqualTo(reads + 1);
        assertThat(ActiveSettings.REREAD_AFTER).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void without_a_change_it_stays_the_same_object() {
        Settings before = active.current();
        pass(Duration.ofSeconds(10));
        assertThat(active.current()).isSameAs(before);
    }

    @Test
    void an_unreadable_store_is_borne_for_a_minute_and_asked_rarely() {
        assertThat(active.current().version()).isZero();
        repository.breakDown(true);
        int reads = repository.reads();
        for (int second = 1; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(active.current().llm().model()).isEqualTo("env-model");
        }
        assertThat(repository.reads() - reads).isBetween(25, 30);
        pass(Duration.ofSeconds(1));
        assertThatThrownBy(active::current).isInstanceOf(SettingsUnavailableException.class);
        assertThat(active.currentOrLast().llm().model()).isEqualTo("env-model");
        repository.breakDown(false);
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(active.current().llm().model()).isEqualTo("env-model");
    }

    @Test
    void a_store_that_was_never_readable_gives_nobody_settings() {
        repository.breakDown(true);
        assertThatThrownBy(active::current).isInstanceOf(SettingsUnavailableException.class);
        assertThatThrownBy(active::current).isInstanceOf(SettingsUnavailableException.class);
        assertThat(active.currentOrLast().llm().model()).isEqualTo("env-model");
        assertThat(repository.reads()).isEqualTo(1);
        repository.breakDown(false);
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(active.current().version()).isZero();
    }

    @Test
    void while_one_reads_the_others_go_on() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch othersDone = new CountDownLatch(7);
        AtomicInteger reads = new AtomicInteger();
        ActiveSettings slow = of(new Reader() {
            @Override
            public StoredSettings read() {
                if (reads.getAndIncrement() > 0) {
                    reading.countDown();
                    await(othersDone);
                }
                return StoredSettings.NONE;
            }
        });
        assertThat(slow.current().version()).isZero();
        pass(ActiveSettings.REREAD_AFTER);
        ManyCallers.run(8, caller -> {
            if (caller > 0) {
                await(reading);
            }
            Settings settings = slow.current();
            othersDone.countDown();
            return settings.version();
        });
        assertThat(reads.get()).isEqualTo(2);
    }

    /** What had nothing to do for a minute has a copy that nobody may go on with, and nothing is wrong. */
    @Test
    void after_a_quiet_minute_who_comes_while_one_reads_waits_for_what_is_read() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        AtomicBoolean asking = new AtomicBoolean();
        CompletableFuture<Settings> settings = new CompletableFuture<>();
        AtomicReference<@Nullable Thread> other = new AtomicReference<>();
        ActiveSettings slow = of(new Reader() {
            @Override
            public StoredSettings read() {
                Thread waiting = other.get();
                if (waiting != null) {
                    reading.countDown();
                    while (!asking.get() || waiting.getState() == Thread.State.RUNNABLE) {
                        Thread.onSpinWait();
                    }
                }
                return StoredSettings.NONE;
            }
        });
        Settings before = slow.current();
        pass(ActiveSettings.LONGEST_UNREADABLE);
        Thread second = new Thread(() -> {
            await(reading);
            asking.set(true);
            try {
                settings.complete(slow.current());
            } catch (SettingsUnavailableException e) {
                settings.completeExceptionally(e);
            }
        });
        other.set(second);
        second.start();
        assertThat(slow.current()).isSameAs(before);
        assertThat(settings.get()).isSameAs(before);
    }

    /** A database that was restored, or a replica that had not heard of the last change and is the primary now. */
    @Test
    void a_store_that_has_gone_back_is_believed() {
        saveModel("first");
        saveModel("second");
        StoredSettings earlier = new StoredSettings(1, Map.of(SettingsSection.LLM, "{\"model\":\"first\"}"));
        StoredSettings another = new StoredSettings(1, Map.of(SettingsSection.LLM, "{\"model\":\"another\"}"));
        AtomicReference<@Nullable StoredSettings> restored = new AtomicReference<>();
        ActiveSettings following = of(new Reader() {
            @Override
            public StoredSettings read() {
                StoredSettings instead = restored.get();
                return instead == null ? repository.read() : instead;
            }
        });
        assertThat(following.current().llm().model()).isEqualTo("second");
        restored.set(earlier);
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(following.current().llm().model()).isEqualTo("first");
        pass(ActiveSettings.LONGEST_UNREADABLE);
        assertThat(following.current().version()).isEqualTo(1);
        restored.set(another);
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(following.current().llm().model()).as("of the same version").isEqualTo("another");
    }

    private abstract static class Reader implements SettingsRepository {
        @Override
        public OptionalLong save(SettingsSection section, String content, long expectedVersion, AuditEvent event) {
            throw new UnsupportedOperationException();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_derived_is_made_once_for_each_state_of_its_part() {
        AtomicInteger made = new AtomicInteger();
        Derived<LlmSettings, Integer> derived = new Derived<>(Settings::llm, llm -> made.incrementAndGet());
        ManyCallers.run(8, caller -> derived.of(active.current()));
        assertThat(made.get()).isEqualTo(1);
        assertThat(repository.save(SettingsSection.POLICY, "{\"max_input_length\":5}", 0))
                .hasValue(1);
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(derived.of(active.current())).as("another part has changed").isEqualTo(1);
        saveModel("other");
        pass(ActiveSettings.REREAD_AFTER);
        assertThat(derived.of(active.current())).isEqualTo(2);
    }
}
