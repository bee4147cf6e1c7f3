package kinoteka.gateway.routing;

/** Who answers an endpoint. */
public enum Destination {
    /** The gateway itself. */
    GATEWAY,
    CATALOGUE
}
