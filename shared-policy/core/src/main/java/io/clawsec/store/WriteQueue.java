package io.clawsec.store;

import java.time.Duration;

/**
 * The line in which a store's writes wait for their commit, as those see it who watch over a process. Safe for use by many
 * threads.
 */
public interface WriteQueue {

    /** Why a write was not done. */
    enum Refusal {
        /** As many waited as may wait. */
        FULL("queue_full"),
        /** The writer had been trying in vain for too long. */
        STANDSTILL("standstill"),
        /** Its caller waited too long for the commit. */
        TIMED_OUT("timed_out"),
        /** It could not be made durable, by itself or with its batch, or nobody knows whether it was. */
        NOT_DURABLE("not_durable");

        private final String wireName;

        Refusal(String wireName) {
            this.wireName = wireName;
        }

        /** The name in metrics. */
        public String wireName() {
            return wireName;
        }
    }

    /** Writes that wait for a batch. */
    int waiting();

    /** Writes that may wait; one more is refused at once. */
    int mostWaiting();

    /** For how long the writer has been trying and has committed nothing; zero when nothing is to be written. */
    Duration standstill();

    /** Whether a write that came now would be refused at once. */
    boolean refuses();

    /** Writes refused so far. */
    long refused(Refusal why);
}
