package kinoteka.quickstart;

/** Starts everything, says where it is, and stops everything. */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) {}
}
