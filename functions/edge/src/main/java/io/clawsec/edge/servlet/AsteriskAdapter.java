package io.clawsec.edge.servlet;

import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Hands {@code OPTIONS *}, a question about the server as a whole (RFC 9110, 9.3.7), on as a question about a path. Tomcat
 * would answer it itself, before any valve or filter: without our headers, and with methods that nothing here has.
 */
record AsteriskAdapter(Adapter tomcats) implements Adapter {

    private static final String ASTERISK = "*";

    /** No route's path. */
    private static final byte[] PATH = "/*".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void service(Request request, Response response) throws Exception {
        if (request.requestURI().equals(ASTERISK) && "OPTIONS".equals(request.getMethod())) {
            request.requestURI().setBytes(PATH, 0, PATH.length);
        }
        tomcats.service(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return tomcats.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return tomcats.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        tomcats.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        tomcats.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return tomcats.getDomain();
    }
}
