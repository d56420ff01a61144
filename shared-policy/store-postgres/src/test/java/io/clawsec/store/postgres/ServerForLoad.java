package io.clawsec.store.postgres;

import java.io.IOException;
import java.time.Clock;

/**
 * Starts a durable server of the tests' kind with an empty store in it, prints its run-time role's URL, and ends with its
 * standard input: for measurements where there is no other server.
 */
final class ServerForLoad {

    private ServerForLoad() {}

    public static void main(String[] args) throws IOException {
        TestServer server = TestServer.of(Clock.systemUTC());
        System.out.println(server.text(TestServer.RUNTIME, server.newDatabase()));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until the end of the input.
        }
        System.exit(0);
    }
}
