package kinoteka.catalog.parameter;

/** The part of a request that carries a parameter. */
public enum Location {
    PATH,
    QUERY,
    HEADER
}
