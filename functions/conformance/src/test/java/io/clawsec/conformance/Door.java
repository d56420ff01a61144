package io.clawsec.conformance;

import io.clawsec.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** One way into the product: one process behind it, or one for each function, and a store that they share. */
final class Door {

    /** The name of the door that stands behind API Gateway. */
    static final String LAMBDA = "Lambda";

    private final String name;
    private final Map<String, ? extends RunningProgram> programs;
    private final UnaryOperator<String> routedPath;
    private final DoorStore store;
    private final TokenSignature tokenSignature;
    private final Map<String, String> issuedByRole = new ConcurrentHashMap<>();
    private final Map<String, Integer> sent = new TreeMap<>();
    private final List<AnsweredRequest> answered = new ArrayList<>();

    /**
     * Opens a door.
     *
     * @param programs by function; one of any other name serves all functions
     * @param routedPath what whoever stands before the programs takes a path for when it chooses one
     * @param store what all its programs share
     * @param tokenSignature what its tokens are signed with
     */
    Door(
            String name,
            Map<String, ? extends RunningProgram> programs,
            UnaryOperator<String> routedPath,
            DoorStore store,
            TokenSignature tokenSignature) {
        this.name = name;
        this.programs = programs;
        this.routedPath = routedPath;
        this.store = store;
        this.tokenSignature = tokenSignature;
    }

    boolean isLambda() {
        return name.equals(LAMBDA);
    }

    /** Whether its programs are servers, each function's its own. */
    boolean isOfServersApart() {
        return isApart() && !isLambda();
    }

    /** Whether each function has a process of its own. */
    boolean isApart() {
        return programs.size() > 1;
    }

    /** Sends a request to every process that must answer it; their replies. */
    List<Reply> send(Ask ask) {
        return (isApart() ? Functions.answering(routedPath.apply(ask.path())) : programs.keySet())
                .stream().map(program -> send(program, ask)).toList();
    }

    /** Sends a request to this program, whether it serves such requests or not. */
    Reply send(String programName, Ask ask) {
        RunningProgram program = programs.get(programName);
        if (program == null) {
            throw new AssertionError(name + " has no process of " + programName);
        }
        try {
            synchronized (sent) {
                sent.merge(programName, 1, Integer::sum);
            }
            Reply reply = program.send(ask);
            synchronized (sent) {
                answered.add(AnsweredRequest.of(ask, reply));
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + ask.method() + " " + ask.target(), e);
        }
    }

    /** A token as this door gives it out. */
    String issue(String user, String role) {
        String body = new String(Json.write(Map.of("user_id", user, "role", role)), StandardCharsets.UTF_8);
        Reply reply = send(Ask.post("/token").json(body)).get(0);
        if (reply.status() != 200) {
            throw new AssertionError(name + " gives no token to " + role + ": " + reply.text());
        }
        return reply.field("token");
    }

    /** A sound token: the one that this door gave out to the role, made out to the person. */
    ForgedToken token(String user, String role) {
        String issued = issuedByRole.computeIfAbsent(role, any -> issue("somebody", role));
        String own = new ForgedToken(issued, tokenSignature)
                .claim("sub", user)
                .claim("jti", RunningClawSec.unique("token"))
                .text();
        return new ForgedToken(own, tokenSignature);
    }

    DoorStore store() {
        return store;
    }

    /** Every request that was answered so far, as a text, and under which id. */
    List<AnsweredRequest> answered() {
        synchronized (sent) {
            return List.copyOf(answered);
        }
    }

    /** How many requests went to each process so far. */
    Map<String, Integer> sent() {
        synchronized (sent) {
            return new TreeMap<>(sent);
        }
    }

    /** Everything that its processes have written so far. */
    String output() {
        StringBuilder all = new StringBuilder();
        programs.values().forEach(program -> all.append(program.output()));
        return all.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
