package io.clawsec.edge;

import io.clawsec.address.CidrBlock;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads environment variables and collects everything that is wrong with them; no problem quotes a value. */
final class EnvironmentReader {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    EnvironmentReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A variable that is set to more than blanks. */
    Optional<String> raw(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean isSet(EnvironmentVariable variable) {
        return raw(variable.name()).isPresent();
    }

    Optional<String> optional(EnvironmentVariable variable) {
        return raw(variable.name());
    }

    String text(EnvironmentVariable variable) {
        return raw(variable.name()).orElse(variable.defaultValue());
    }

    List<String> list(EnvironmentVariable variable) {
        return Stream.of(text(variable).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    boolean flag(EnvironmentVariable variable) {
        String value = text(variable).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problem(variable, "must be true or false");
        }
        return value.equals("true");
    }

    int integer(EnvironmentVariable variable, int least, int most) {
        try {
            int value = Integer.parseInt(text(variable));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is out of range is.
        }
        problem(variable, "must be an integer from " + least + " to " + most);
        return least;
    }

    InetAddress address(EnvironmentVariable variable) {
        try {
            return InetAddress.getByName(text(variable));
        } catch (UnknownHostException e) {
            problem(variable, "must be an address of this machine");
            return InetAddress.getLoopbackAddress();
        }
    }

    Optional<Path> path(EnvironmentVariable variable) {
        try {
            return optional(variable).map(Path::of);
        } catch (InvalidPathException e) {
            problem(variable, "is not a path");
            return Optional.empty();
        }
    }

    Optional<URI> httpUrl(EnvironmentVariable variable) {
        Optional<String> text = optional(variable);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text.get());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // Told below, as every other malformed URL is.
        }
        problem(variable, "must be an http or https URL with a host and without credentials");
        return Optional.empty();
    }

    List<CidrBlock> blocks(EnvironmentVariable variable) {
        List<CidrBlock> blocks = new ArrayList<>();
        for (String item : list(variable)) {
            try {
                blocks.add(CidrBlock.parse(item));
            } catch (IllegalArgumentException e) {
                problem(variable, "item " + (blocks.size() + 1) + ": " + e.getMessage());
                return blocks;
            }
        }
        return blocks;
    }

    /** Origins as browsers send them, or {@code *}: anything else would never match, and nobody would know why. */
    Set<String> origins(EnvironmentVariable variable) {
        List<String> items = list(variable);
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).equals("*") && !isOrigin(items.get(i))) {
                problem(
                        variable,
                        "item " + (i + 1) + ": not an origin: scheme://host or scheme://host:port, in lower case");
                break;
            }
        }
        return Set.copyOf(items);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null
                    && text.equals((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    void problem(EnvironmentVariable variable, String what) {
        problems.add(variable.name() + " " + what);
    }

    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
