package io.clawsec.settings;

import io.clawsec.address.CidrBlock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the door believes.
 *
 * @param allowedOrigins whose scripts may call, as browsers send them: without the port that the scheme has anyway
 * @param trustedProxies whose forwarded headers are believed
 */
public record ServerSettings(Set<String> allowedOrigins, List<CidrBlock> trustedProxies) {

    public ServerSettings {
        allowedOrigins = allowedOrigins.stream().map(ServerSettings::asSent).collect(Collectors.toUnmodifiableSet());
        trustedProxies = List.copyOf(trustedProxies);
    }

    private static String asSent(String origin) {
        String ownPort = origin.startsWith("https://") ? ":443" : origin.startsWith("http://") ? ":80" : "";
        return origin.endsWith(ownPort) ? origin.substring(0, origin.length() - ownPort.length()) : origin;
    }
}
