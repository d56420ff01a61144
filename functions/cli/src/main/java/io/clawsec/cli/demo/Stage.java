package io.clawsec.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the steps share: the server and the backend, the tokens, and what the audit must tell at the end. */
final class Stage {

    /** Who plays; the names are what the audit shows. */
    enum Actor {
        AGENT,
        AUDITOR;

        String role() {
            return name().toLowerCase(Locale.ROOT);
        }

        String userId() {
            return "demo-" + role();
        }
    }

    private final ClawSecClient client;
    private final DemoBackend backend;
    private final Map<Actor, String> tokens = new HashMap<>();
    private final List<AuditTrail.Expected> expected = new ArrayList<>();

    Stage(ClawSecClient client, DemoBackend backend) {
        this.client = client;
        this.backend = backend;
    }

    ClawSecClient client() {
        return client;
    }

    DemoBackend backend() {
        return backend;
    }

    void keep(Actor actor, String token) {
        tokens.put(actor, token);
    }

    /** The actor's token; one that opens nothing if the server gave none. */
    String token(Actor actor) {
        return tokens.getOrDefault(actor, "none");
    }

    /** Asks a question as the given actor. */
    Answer ask(Actor actor, String prompt) throws IOException, InterruptedException {
        return client.post("/query", token(actor), Map.of("prompt", prompt));
    }

    /** What the audit must have about an answer. */
    void expectEvent(Answer answer, Actor actor, String eventType, String outcome) {
        expected.add(new AuditTrail.Expected(answer.requestId(), actor.userId(), eventType, outcome));
    }

    List<AuditTrail.Expected> expectedEvents() {
        return List.copyOf(expected);
    }
}
