package io.clawsec.conformance;

import java.io.IOException;

/** A process of the product that answers requests, whoever carries them to it. */
interface RunningProgram extends AutoCloseable {

    Reply send(Ask ask) throws IOException;

    /** Everything it has written so far. */
    String output();

    @Override
    void close();
}
