package io.clawsec.edge;

import io.clawsec.address.AddressRules;
import io.clawsec.settings.DataKey;
import io.clawsec.settings.Setting;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads environment variables and collects everything that is wrong with them; no problem quotes a value. */
final class EnvironmentReader {

    static final int HIGHEST_PORT = 65_535;

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

    /** What the variables that are settings too say; unsound values are told and left out. */
    Map<Setting, Object> settings() {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Map.Entry<EnvironmentVariable, Setting> pair : EnvironmentVariable.SETTINGS.entrySet()) {
            EnvironmentVariable variable = pair.getKey();
            Setting setting = pair.getValue();
            optional(variable).ifPresent(text -> {
                Object value = value(setting, variable, text);
                setting.objection(value)
                        .ifPresentOrElse(objection -> problem(variable, objection), () -> values.put(setting, value));
            });
        }
        return values;
    }

    private Object value(Setting setting, EnvironmentVariable variable, String text) {
        if (setting.packaged() instanceof List) {
            return list(variable);
        }
        try {
            return setting.packaged() instanceof Long ? Long.valueOf(text) : text;
        } catch (NumberFormatException e) {
            return text; // the setting objects to a text
        }
    }

    /** Fields by {@code section.field}, and whole sections. */
    Set<Setting> locked(EnvironmentVariable variable) {
        Set<Setting> locked = EnumSet.noneOf(Setting.class);
        List<String> items = list(variable);
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i);
            List<Setting> named = Stream.of(Setting.values())
                    .filter(setting -> setting.path().equals(item)
                            || setting.section().wireName().equals(item))
                    .toList();
            if (named.isEmpty()) {
                problem(variable, "item " + (i + 1) + ": neither a section nor a field, such as llm.api_url");
            }
            locked.addAll(named);
        }
        return locked;
    }

    Set<String> hosts(EnvironmentVariable variable) {
        List<String> items = list(variable);
        for (int i = 0; i < items.size(); i++) {
            if (AddressRules.formOf(items.get(i)).isPresent()) {
                problem(variable, "item " + (i + 1) + ": not a host's name or address");
            }
        }
        return Set.copyOf(items);
    }

    /** A receiver's address: http or https, a host, perhaps a port, and nothing that a user or a path could hide in. */
    Optional<URI> receiver(EnvironmentVariable variable) {
        Optional<URI> receiver = optional(variable).flatMap(EnvironmentReader::origin);
        if (isSet(variable) && receiver.isEmpty()) {
            problem(variable, "must be http or https, a host and a port, such as http://localhost:4317");
        }
        return receiver;
    }

    private static Optional<URI> origin(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean named = uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= HIGHEST_PORT;
            return web
                            && named
                            && bare
                            && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    Optional<DataKey> dataKey(EnvironmentVariable variable) {
        try {
            return optional(variable).map(text -> DataKey.of(text, new SecureRandom()));
        } catch (IllegalArgumentException e) {
            problem(variable, String.valueOf(e.getMessage()));
            return Optional.empty();
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
