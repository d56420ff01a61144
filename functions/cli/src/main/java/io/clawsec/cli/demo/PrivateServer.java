package io.clawsec.cli.demo;

import java.io.IOException;
import java.net.URI;

/** A server that exists for one demonstration only. */
interface PrivateServer extends AutoCloseable {

    /** Where its API answers, without a path. */
    URI address();

    /** Whether it is being stopped because this process was told to end. */
    boolean ending();

    /** Stops it and removes what it kept. */
    @Override
    void close() throws IOException;

    /** Starts one. */
    interface Starter {

        /**
         * Gives a server that answers already.
         *
         * @param modelUrl the backend's chat-completions URL
         * @param modelKey the backend's key
         * @throws IOException if it does not come up; the message is for the reader of the demonstration
         */
        PrivateServer start(URI modelUrl, String modelKey) throws IOException, InterruptedException;
    }
}
