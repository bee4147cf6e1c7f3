package kinoteka.seeder.load;

/** Nothing was seeded because a setting or the database is not as expected. The message is one line for the operator. */
public class SeedingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SeedingException(String message) {
        super(message);
    }
}
