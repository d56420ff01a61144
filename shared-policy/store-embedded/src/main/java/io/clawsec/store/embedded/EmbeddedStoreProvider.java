package io.clawsec.store.embedded;

import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens SQLite files by URL: {@code sqlite:path}, or in SQLAlchemy's form {@code sqlite:///path}, where a fourth slash
 * begins an absolute path. Relative paths begin in the data folder.
 */
public final class EmbeddedStoreProvider implements StoreProvider {

    private static final Pattern URL = Pattern.compile("sqlite(?:\\+[a-z0-9]+)?:(?:///)?(?<path>.*)");

    @Override
    public boolean handles(String databaseUrl) {
        return databaseUrl.startsWith("sqlite:") || databaseUrl.startsWith("sqlite+");
    }

    @Override
    public boolean needsLocalDisk() {
        return true;
    }

    @Override
    public Store open(String databaseUrl, Path dataFolder) {
        Matcher url = URL.matcher(databaseUrl);
        String path = url.matches() ? url.group("path") : "";
        if (path.isEmpty() || path.startsWith("//") || path.contains("?") || path.contains(":memory:")) {
            throw new IllegalArgumentException(
                    "must be sqlite:path or sqlite:///path: a file, without options, for what memory holds is not durable");
        }
        try {
            return EmbeddedStore.open(dataFolder.resolve(path).normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("names a file that this system cannot have", e);
        } catch (UnusableDatabaseException e) {
            throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
        }
    }
}
