package kinoteka.catalog.handler;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/** Rejects requests before their parameters are bound to the arguments of a controller's method. */
public interface HandlerCheck {

    /** Throws the problem with which the request is rejected. */
    void check(ServerWebExchange exchange, HandlerMethod handler);
}
