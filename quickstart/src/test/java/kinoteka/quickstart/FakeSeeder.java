package kinoteka.quickstart;

/** A substitute for the seeder: prints the number of sessions, and fails if it is not a number. */
public final class FakeSeeder {

    private FakeSeeder() {}

    public static void main(String[] arguments) {
        String count = System.getenv("SEED_COUNT");
        System.out.println("SEED_COUNT: " + count);
        System.exit(count.matches("[0-9]+") ? 0 : 1);
    }
}
