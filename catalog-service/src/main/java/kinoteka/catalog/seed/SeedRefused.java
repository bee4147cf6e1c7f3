package kinoteka.catalog.seed;

/** Why nothing was seeded, in one line for whoever asked for it. */
class SeedRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeedRefused(String reason) {
        super(reason);
    }
}
