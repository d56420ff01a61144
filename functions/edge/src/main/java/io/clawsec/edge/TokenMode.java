package io.clawsec.edge;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may ask for a token. */
public enum TokenMode {
    /** Anyone who reaches the loopback address, for any role. */
    DEVELOPMENT,
    /** A known client, for the roles it is given. Not there yet: {@code /token} answers 403. */
    CLIENT_CREDENTIALS,
    /** The holder of an identity provider's token. Not there yet: {@code /token} answers 403. */
    TOKEN_EXCHANGE,
    /** Nobody: tokens come from elsewhere, and {@code /token} answers 403. */
    OFF;

    /** The name in {@code CLAWSEC_TOKEN_MODE}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<TokenMode> of(String wireName) {
        return Stream.of(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
