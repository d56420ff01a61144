package io.clawsec.edge;

import io.clawsec.identity.jwt.PublicTokenKey;
import io.clawsec.identity.jwt.VerificationKey;
import io.clawsec.identity.jwt.VerificationKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The public keys in a file, as the file is now: a key that is added is believed with its first token, one that is taken
 * away ceases to be soon after. Requests read the file again themselves; there is no thread for it.
 */
final class PublicKeysFile implements VerificationKeys {

    /** However many unknown key ids are sent, the file is not read more often. */
    static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /** How long a key may be believed that is not in the file any more. */
    static final Duration LONGEST_BELIEF = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(PublicKeysFile.class.getName());

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Reading last;

    /**
     * The file as it was read.
     *
     * @param keys by their ids; those of the last sound file where this one was not
     * @param problem empty: none
     */
    private record Reading(Map<String, VerificationKey> keys, String problem, long atNanos) {}

    private PublicKeysFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        // Not read yet, and old enough to be: the first token makes it.
        this.last = new Reading(Map.of(), "", nanoTime.getAsLong() - SHORTEST_INTERVAL.toNanos());
    }

    /**
     * A file that must be there and sound now.
     *
     * @param name by which the person at the keyboard knows it: a variable, or the path
     * @throws ConfigurationException when it is not
     */
    static PublicKeysFile required(Path file, String name, LongSupplier nanoTime) {
        PublicKeysFile keys = new PublicKeysFile(file, nanoTime);
        keys.last = keys.read(keys.last);
        if (!keys.last.problem().isEmpty()) {
            throw new ConfigurationException(List.of(name + " " + keys.last.problem()));
        }
        return keys;
    }

    /** A file that another process may still have to write: until it is there, no token is believed. */
    static PublicKeysFile awaited(Path file, LongSupplier nanoTime) {
        return new PublicKeysFile(file, nanoTime);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        Reading reading = last;
        Duration patience = reading.keys().containsKey(keyId) ? LONGEST_BELIEF : SHORTEST_INTERVAL;
        if (nanoTime.getAsLong() - reading.atNanos() >= patience.toNanos()) {
            reading = readAfter(reading);
        }
        return Optional.ofNullable(reading.keys().get(keyId));
    }

    /** Reads the file again unless another thread just did. */
    private synchronized Reading readAfter(Reading seen) {
        if (last == seen) {
            last = read(seen);
            if (!last.problem().isEmpty() && !last.problem().equals(seen.problem())) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the file of public keys {0}; {1} keys of before are kept",
                        last.problem(),
                        last.keys().size());
            }
        }
        return last;
    }

    private Reading read(Reading before) {
        long now = nanoTime.getAsLong();
        try {
            Map<String, VerificationKey> keys = new HashMap<>();
            for (PublicTokenKey key : PublicTokenKey.allOfPem(KeyFile.text(file))) {
                // An id stands for one key, so the old object is as good, and what was made of it is there already.
                VerificationKey known = before.keys().get(key.id());
                keys.put(key.id(), known == null ? key.verificationKey() : known);
            }
            return new Reading(Map.copyOf(keys), "", now);
        } catch (IOException e) {
            return new Reading(before.keys(), "cannot be read", now);
        } catch (IllegalArgumentException e) {
            return new Reading(before.keys(), String.valueOf(e.getMessage()), now);
        }
    }
}
