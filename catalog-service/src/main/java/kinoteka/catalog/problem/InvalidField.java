package kinoteka.catalog.problem;

/**
 * What is wrong with one field of a body or one parameter.
 *
 * @param field its name as the client wrote it; a path where fields nest
 * @param detail what was expected
 */
public record InvalidField(String field, String detail) {}
