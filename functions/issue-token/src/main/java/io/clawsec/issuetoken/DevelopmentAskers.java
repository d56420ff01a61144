package io.clawsec.issuetoken;

import io.clawsec.call.Call;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Development mode's askers: whoever reaches the loopback address by a loopback name and no foreign page.
 *
 * <p>A web page that resolves its own name to 127.0.0.1 (DNS rebinding) still sends its own name as {@code Host}, and a
 * page that calls across origins sends its {@code Origin}: both are turned away.
 */
final class DevelopmentAskers implements IssueToken.AskerRule {

    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

    private final boolean open;
    private final Supplier<Set<String>> allowedOrigins;

    /**
     * Makes the rule.
     *
     * @param open whether the operator opened development mode to other addresses, so that any {@code Host} will do
     * @param allowedOrigins whose pages may ask; asked at every request
     */
    DevelopmentAskers(boolean open, Supplier<Set<String>> allowedOrigins) {
        this.open = open;
        this.allowedOrigins = allowedOrigins;
    }

    @Override
    public Optional<String> objection(Call call) {
        String host = call.caller().host() == null ? "" : call.caller().host().toLowerCase(Locale.ROOT);
        if (!open && !LOOPBACK_HOST.matcher(host).matches()) {
            return Optional.of("In development mode tokens are issued at localhost only.");
        }
        return foreign(call.caller().origin(), host)
                ? Optional.of("In development mode tokens are not issued to pages of other origins.")
                : Optional.empty();
    }

    private boolean foreign(@Nullable String origin, String host) {
        if (origin == null || allowedOrigins.get().contains(origin)) {
            return false;
        }
        String lowered = origin.toLowerCase(Locale.ROOT);
        return !(lowered.equals("http://" + host) || lowered.equals("https://" + host));
    }
}
