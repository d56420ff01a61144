package io.clawsec.settings;

import io.clawsec.address.CidrBlock;
import java.util.List;
import java.util.Set;

/**
 * Whom the door believes.
 *
 * @param allowedOrigins whose scripts may call
 * @param trustedProxies whose forwarded headers are believed
 */
public record ServerSettings(Set<String> allowedOrigins, List<CidrBlock> trustedProxies) {

    public ServerSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
