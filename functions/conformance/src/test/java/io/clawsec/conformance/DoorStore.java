package io.clawsec.conformance;

import io.clawsec.store.Store;
import java.util.List;
import java.util.Map;

/** The store that the processes behind a door share, as it is from outside. */
interface DoorStore extends AutoCloseable {

    /** What the processes are told of it: environment variables. */
    Map<String, String> settings();

    /** What of it may stand in no log. */
    List<String> secrets();

    /**
     * Lets nobody write to a table any more, as a full disk would.
     *
     * @param table as the SQL stores name it
     */
    void refuseWrites(String table);

    /** Takes the refusal back. */
    void allowWrites();

    /** One more view of it, beside those of the processes. */
    Store open();

    @Override
    void close();
}
