package io.clawsec.conformance;

import io.clawsec.testkit.ScriptedReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of events: a request, the status it comes to, and every event that it leaves.
 *
 * @param name what is particular about the request
 * @param ask the request; of the row's user where it has a role
 * @param user who asks, or for whom a token is asked; somebody new in each row
 * @param role in which role
 * @param status expected
 * @param events in their order; none where the request may leave no trace
 * @param backend what the model's backend does; null: it answers
 * @param refused the table of the database that takes no more rows meanwhile; null: none
 */
record EventRow(
        String name,
        Ask ask,
        String user,
        @Nullable String role,
        int status,
        List<ExpectedEvent> events,
        @Nullable ScriptedReply backend,
        @Nullable String refused) {

    /** A line about somebody new. */
    EventRow(String name, Ask ask, @Nullable String role, int status, ExpectedEvent... events) {
        this(name, ask, RunningClawSec.unique("user"), role, status, List.of(events), null, null);
    }

    /** The same line while the backend does this. */
    EventRow backend(ScriptedReply reply) {
        return new EventRow(name, ask, user, role, status, events, reply, refused);
    }

    /** The same line while the store's table takes no more rows. */
    EventRow refusing(String table) {
        return new EventRow(name, ask, user, role, status, events, backend, table);
    }

    /** The same line about this user. */
    EventRow of(String knownUser) {
        return new EventRow(name, ask, knownUser, role, status, events, backend, refused);
    }

    /** Method and path, as a route table names them. */
    String route() {
        return ask.method() + " " + ask.target().split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return route() + ", " + name + ": " + status;
    }
}
