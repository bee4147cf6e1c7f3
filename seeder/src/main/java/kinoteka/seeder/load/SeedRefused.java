package kinoteka.seeder.load;

/** Why nothing was seeded, in one line for whoever asked for it. */
public class SeedRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SeedRefused(String reason) {
        super(reason);
    }
}
