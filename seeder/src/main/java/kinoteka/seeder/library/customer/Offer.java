package kinoteka.seeder.library.customer;

/**
 * An offer that a customer can order.
 *
 * @param price in hundredths
 */
public record Offer(long movieId, long cinemaId, long price) {}
