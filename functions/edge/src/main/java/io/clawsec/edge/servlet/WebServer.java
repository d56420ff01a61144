package io.clawsec.edge.servlet;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.Parts;
import io.clawsec.edge.catalog.AssembledFunctions;
import io.clawsec.edge.catalog.CatalogDoor;
import io.clawsec.edge.catalog.FunctionCatalogBeans;
import io.clawsec.edge.http.Door;
import jakarta.servlet.DispatcherType;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The server of a container: one Tomcat, two ports, one filter; and the bounds that hold before any of our code runs. */
final class WebServer {

    /** A token of 8 KB and the headers of a few proxies fit. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final int MAX_HEADERS = 100;

    /** The longest silence while a request line, a header or a body arrives. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final int KEEP_ALIVE_MILLIS = 30_000;
    private static final int MAX_CONNECTIONS = 4096;

    /** Requests wait for the disk and for the model, not for the processor: so many more threads than cores. */
    private static final int MAX_THREADS = 200;

    private static final int ACCEPT_COUNT = 256;

    /**
     * What a URL should have escaped and clients send as it is. On Lambda nobody can tell the one from the other, so the
     * door judges both, there and here.
     */
    private static final String ODD_CHARACTERS = "\"<>[]^`{|}";

    private WebServer() {}

    /** Registers the server, its door and the functions behind it. */
    static void register(GenericApplicationContext context, Parts parts, Ports ports, AssembledFunctions functions) {
        context.registerBean(
                AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
                PatientStop.class,
                () -> new PatientStop(PatientStop.PATIENCE));
        FunctionCatalogBeans.register(context, functions);
        context.registerBean(
                Door.class, () -> CatalogDoor.over(context.getBean(FunctionCatalog.class), functions, parts));
        context.registerBean(
                FilterRegistrationBean.class, () -> filter(context.getBean(Door.class), ports.management()));
        context.registerBean(
                TomcatServletWebServerFactory.class,
                () -> factory(parts.configuration(), ports, context.getBean(Door.class)));
    }

    private static FilterRegistrationBean<FunctionFilter> filter(Door door, int managementPort) {
        FilterRegistrationBean<FunctionFilter> bean =
                new FilterRegistrationBean<>(new FunctionFilter(door, managementPort));
        bean.addUrlPatterns("/*");
        bean.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return bean;
    }

    static TomcatServletWebServerFactory factory(Configuration configuration, Ports ports, Door door) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(ports.api());
        factory.setProtocol(HeaderDeadlineProtocol.class.getName());
        factory.setAddress(configuration.bindAddress());
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setDisableMBeanRegistry(true);
        // Tomcat runs filters only in front of a servlet; the filter never lets a request through to it.
        factory.getSettings().setRegisterDefaultServlet(true);
        factory.getSettings().getJsp().setRegistered(false);
        factory.addConnectorCustomizers(WebServer::bound);
        factory.addContextCustomizers(tomcat -> {
            StandardHost host = (StandardHost) tomcat.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new ProblemValve(door));
            host.getPipeline().addValve(new UnreadBodyValve());
            tomcat.setMapperContextRootRedirectEnabled(false);
        });
        if (ports.management() != Ports.NONE) {
            factory.addAdditionalConnectors(connector(configuration, ports.management()));
        }
        return factory;
    }

    private static Connector connector(Configuration configuration, int port) {
        Connector connector = new Connector(HeaderDeadlineProtocol.class.getName());
        connector.setPort(port);
        if (connector.getProtocolHandler() instanceof Http11NioProtocol protocol) {
            protocol.setAddress(configuration.bindAddress());
        }
        bound(connector);
        return connector;
    }

    private static void bound(Connector connector) {
        connector.setAllowTrace(true); // the door answers it, as it answers every other wrong method
        connector.setEncodedSolidusHandling("passthrough"); // the door matches the raw path, so it is a 404
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setProperty("relaxedPathChars", ODD_CHARACTERS);
        connector.setProperty("relaxedQueryChars", ODD_CHARACTERS + "\\");
        connector.setXpoweredBy(false);
        if (connector.getProtocolHandler() instanceof Http11NioProtocol protocol) {
            protocol.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
            protocol.setMaxHeaderCount(MAX_HEADERS);
            protocol.setContinueResponseTiming("onRead"); // no "100" before somebody wants the body
            protocol.setConnectionTimeout(SILENCE_MILLIS);
            protocol.setDisableUploadTimeout(false);
            protocol.setConnectionUploadTimeout(SILENCE_MILLIS);
            protocol.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
            protocol.setMaxConnections(MAX_CONNECTIONS);
            protocol.setMaxThreads(MAX_THREADS);
            protocol.setAcceptCount(ACCEPT_COUNT);
            protocol.setContinueResponseTiming("onRead"); // a body that is refused unread is not asked for
            protocol.setServerRemoveAppProvidedValues(true);
        }
    }
}
