package io.clawsec.edge;

import org.jspecify.annotations.Nullable;

/** The product's version, from the manifest of its archive. */
public final class Version {

    /** Such as {@code 0.1.0}; {@code development} outside an archive. */
    public static final String CURRENT = of(Version.class.getPackage().getImplementationVersion());

    private Version() {}

    private static String of(@Nullable String implementationVersion) {
        return implementationVersion == null ? "development" : implementationVersion;
    }
}
