package kinoteka.gateway.routing;

/** The service that handles the requests to an endpoint. */
public enum Destination {
    /** The gateway itself. */
    GATEWAY,
    /** The catalogue, to which the gateway forwards the request. */
    CATALOGUE
}
