package kinoteka.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import kinoteka.gateway.routing.Endpoint;

/**
 * A GET request over HTTP/1.1 without a body, and the stored response to it. The gateway sends it without an exchange of Spring and without
 * the filters, which would cost more than all the rest that such a response needs.
 *
 * @param host the requested host, without port
 * @param client the address of the client
 * @param isSecure whether the request arrived over TLS
 * @param status of the response
 * @param response its headers; a {@link DirectStage} may add to them
 * @param bodyLength of the response, in bytes
 */
public record DirectExchange(
        HttpRequest request,
        String host,
        InetAddress client,
        boolean isSecure,
        Endpoint endpoint,
        int status,
        HttpHeaders response,
        int bodyLength) {}
