package kinoteka.seeder.library.viewer;

/**
 * What a customer can order.
 *
 * @param price in hundredths
 */
public record Offer(long movieId, long cinemaId, long price) {}
