package io.clawsec.edge.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.clawsec.telemetry.LogExport;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets Logback up without a file: our own lines from INFO, everybody else's from WARN. Logback finds it as a service, so
 * that it holds from the first line on.
 */
public final class JsonLog extends ContextAwareBase implements Configurator {

    static {
        // Standard output holds these lines and nothing else: Spring Boot neither sets logging up a second time, which
        // costs a fifth of a start, nor prints its banner. Set here because no code of ours runs sooner on every door.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("spring.main.banner-mode", "off");
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        JsonLogEncoder encoder = new JsonLogEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        context.getLogger("ROOT").setLevel(Level.WARN);
        context.getLogger("ROOT").addAppender(console);
        context.getLogger("io.clawsec").setLevel(Level.INFO);
        // A start that fails is told once, in plain words, by whoever started it.
        context.getLogger("org.springframework").setLevel(Level.ERROR);
        context.getLogger("org.springframework.boot").setLevel(Level.OFF);
        // The Lambda adapter logs whole events, the bearer token in them.
        context.getLogger("org.springframework.cloud.function.adapter.aws").setLevel(Level.OFF);
        // It warns of threads that outlive the web application; here the process ends with it.
        context.getLogger("org.apache.catalina.loader.WebappClassLoaderBase").setLevel(Level.ERROR);
        // What they have to say of a receiver that is away, our own line says, once a minute and without its address.
        context.getLogger("io.opentelemetry").setLevel(Level.OFF);
        context.getLogger("okhttp3").setLevel(Level.OFF);
        // A database that is away is told by whoever needed it; their lines quote the driver's messages.
        context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
        context.getLogger("org.postgresql").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Brings what is logged through {@code java.util.logging}, as the core and Tomcat do, into this log. */
    public static void adoptJavaLogging() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    /**
     * Hands every line on to somebody else too.
     *
     * @return ends that
     */
    public static Runnable exportTo(LogExport export) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogExportAppender appender = new LogExportAppender(export);
        appender.setContext(context);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        return () -> {
            context.getLogger("ROOT").detachAppender(appender);
            appender.stop();
        };
    }
}
