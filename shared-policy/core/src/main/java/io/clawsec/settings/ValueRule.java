package io.clawsec.settings;

import java.util.Optional;

/** Judges a value of one field. */
@FunctionalInterface
interface ValueRule {

    /** What is wrong with it, in words that go on from the field's name and quote nothing of it. */
    Optional<String> objection(Object value);
}
