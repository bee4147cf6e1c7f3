package kinoteka.quickstart;

/** Stands for the seeder: it prints the number of sessions, and fails if that is no number. */
public final class FakeSeeder {

    private FakeSeeder() {}

    public static void main(String[] arguments) {
        String count = System.getenv("SEED_COUNT");
        System.out.println("SEED_COUNT: " + count);
        System.exit(count.matches("[0-9]+") ? 0 : 1);
    }
}
