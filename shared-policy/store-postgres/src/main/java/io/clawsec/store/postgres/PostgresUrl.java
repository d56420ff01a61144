package io.clawsec.store.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and as whom to go there: {@code postgresql://user:password@host:port/database?options}, as libpq and
 * SQLAlchemy write it, in the driver's words.
 *
 * @param place hosts, ports and database; nothing secret
 * @param properties the driver's: user, password and options
 * @param unsafeDurability whether a server may be used that does not wait for its disk
 */
public record PostgresUrl(String place, Map<String, String> properties, boolean unsafeDurability) {

    /** Our own option: takes a server that loses acknowledged writes in a crash. */
    public static final String UNSAFE_DURABILITY = "clawsec_allow_unsafe_durability";

    /** How long a host may take to accept a connection. */
    static final String CONNECT_SECONDS = "2";

    private static final String DRIVER = "org.postgresql.Driver";

    private static final String FORM = "must be postgresql://user:password@host:port/database";

    /** A dialect's driver, as SQLAlchemy names it, is passed over: the driver here is ours. */
    private static final Pattern SCHEME = Pattern.compile("postgres(?:ql)?(?:\\+[a-z0-9]+)?://");

    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";

    /** The last @ ends the user's part, so that a password may hold one. */
    private static final Pattern URL = Pattern.compile(SCHEME.pattern()
            + "(?:(?<user>[^:/?#@]*)(?::(?<password>[^/?#]*))?@)?"
            + "(?<hosts>" + HOST + "(?:," + HOST + ")*)/(?<database>[^/?#]+)(?:\\?(?<options>[^#]*))?");

    /** libpq's names of options, and the driver's. */
    private static final Map<String, String> OPTIONS = new TreeMap<>(Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "channel_binding", "channelBinding",
            "target_session_attrs", "targetServerType",
            "application_name", "ApplicationName"));

    private static final Map<String, String> SERVER_TYPES =
            Map.of("any", "any", "read-write", "primary", "primary", "primary");

    /** Copies. */
    public PostgresUrl {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is not well-formed or has an option that is not known; the message goes on
     *     from the name of the variable and repeats nothing of the URL
     */
    public static PostgresUrl parse(String databaseUrl) {
        Matcher url = URL.matcher(databaseUrl);
        if (!url.matches()) {
            throw new IllegalArgumentException(FORM);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ApplicationName", "clawsec");
        putDecoded(properties, "user", url.group("user"));
        putDecoded(properties, "password", url.group("password"));
        boolean unsafe = false;
        String options = url.group("options");
        for (String option : options == null || options.isEmpty() ? new String[0] : options.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : decoded(option.substring(equals + 1));
            if (name.equals(UNSAFE_DURABILITY)) {
                unsafe = isTrue(value);
            } else {
                putOption(properties, name, value);
            }
        }
        return new PostgresUrl(url.group("hosts") + "/" + decoded(url.group("database")), properties, unsafe);
    }

    private static void putOption(Map<String, String> properties, String name, String value) {
        String driverName = OPTIONS.get(name);
        if (driverName == null) {
            throw new IllegalArgumentException(
                    "has an option that is none of " + String.join(", ", OPTIONS.keySet()) + ", " + UNSAFE_DURABILITY);
        }
        String driverValue = name.equals("target_session_attrs") ? SERVER_TYPES.get(value) : value;
        if (driverValue == null || driverValue.isEmpty()) {
            throw new IllegalArgumentException("has no value that can be used for " + name);
        }
        properties.put(driverName, driverValue);
    }

    private static boolean isTrue(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("needs true or false for " + UNSAFE_DURABILITY);
        }
        return value.equals("true");
    }

    private static void putDecoded(Map<String, String> properties, String name, @Nullable String encoded) {
        if (encoded != null && !encoded.isEmpty()) {
            properties.put(name, decoded(encoded));
        }
    }

    /** Percent signs only: a plus is a plus in this part of a URL. */
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a % that begins no escape; write %25 for one", e);
        }
    }

    /**
     * Connections as the server makes them by default, of which each waits {@value #CONNECT_SECONDS} s at most to be made.
     */
    public DataSource dataSource() {
        ConnectionSource connections = () -> connect(Map.of());
        return connections.asDataSource();
    }

    /** A new connection; the caller closes it. */
    Connection connect(Map<String, String> more) throws SQLException {
        Properties driver = new Properties();
        driver.putAll(properties);
        driver.setProperty("connectTimeout", CONNECT_SECONDS);
        driver.setProperty("loginTimeout", CONNECT_SECONDS);
        driver.setProperty("tcpKeepAlive", "true");
        driver.putAll(more);
        try {
            Class.forName(DRIVER); // by this class's loader: that of the first thread that asks may not know it
        } catch (ClassNotFoundException e) {
            throw new SQLException("this package does not hold PostgreSQL's driver", e);
        }
        return DriverManager.getConnection(jdbcUrl(), driver);
    }

    /** For the driver; a host of IPv6 stays in its brackets. */
    private String jdbcUrl() {
        int slash = place.indexOf('/');
        String database = URLEncoder.encode(place.substring(slash + 1), StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + place.substring(0, slash + 1) + database;
    }

    /** Shows the place only. */
    @Override
    public String toString() {
        return "PostgresUrl[" + place + "]";
    }
}
