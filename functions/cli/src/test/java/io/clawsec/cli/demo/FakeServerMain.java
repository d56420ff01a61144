package io.clawsec.cli.demo;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@link FakeClawSec} as a program, configured by the environment as the real server is. */
public final class FakeServerMain {

    private FakeServerMain() {}

    /** How it behaves, from the system property {@code fake.mood}. */
    enum Mood {
        WELL,
        FAULTY,
        /** Ends before it answers. */
        FAILS_TO_START,
        /** Never becomes healthy. */
        NEVER_HEALTHY,
        /** Is healthy, and never answers a question. */
        HANGS,
        /** Must be killed. */
        IGNORES_TERM
    }

    public static void main(String[] arguments) throws Exception {
        Mood mood = Mood.valueOf(System.getProperty("fake.mood", "WELL"));
        Map<String, String> environment = System.getenv();
        System.out.println("a line of the server's log; its environment has " + environment.keySet());
        Files.writeString(Path.of(environment.getOrDefault("CLAWSEC_DATA_DIR", ""), "clawsec.db"), "a database");
        switch (mood) {
            case FAILS_TO_START -> System.exit(3);
            case NEVER_HEALTHY -> Thread.sleep(Long.MAX_VALUE);
            case IGNORES_TERM -> Runtime.getRuntime().addShutdownHook(new Thread(FakeServerMain::hang));
            default -> {
                // Answers, below.
            }
        }
        URI modelUrl = URI.create(environment.getOrDefault("LLM_API_URL", ""));
        if (mood == Mood.HANGS) {
            // A model that takes the connection and says nothing.
            ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            modelUrl = URI.create("http://127.0.0.1:" + silent.getLocalPort());
        }
        FakeClawSec.start(
                Integer.parseInt(environment.getOrDefault("PORT", "")),
                modelUrl,
                environment.getOrDefault("LLM_API_KEY", ""),
                mood == Mood.FAULTY ? Set.of(Fault.DELIVERS_SECRETS) : Set.of());
    }

    private static void hang() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
