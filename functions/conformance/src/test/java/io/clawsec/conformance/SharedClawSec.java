package io.clawsec.conformance;

import java.util.Map;

/** One running product for all tests that leave it as they found it: starting it costs more than most of them. */
final class SharedClawSec {

    /** Believes the forwarded headers of this machine, so that every request can have an address of its own. */
    static final RunningClawSec SERVER = RunningClawSec.start(Map.of("TRUSTED_PROXIES", "127.0.0.1"));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }

    private SharedClawSec() {}
}
