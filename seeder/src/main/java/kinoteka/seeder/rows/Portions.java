package kinoteka.seeder.rows;

/** Rows dealt out to their owners one owner after the other: so many to the first, so many to the second, over and over. */
public final class Portions {

    private final int[] ends;

    /**
     * Repeats these sizes.
     *
     * @param sizes what an owner gets, the first one at least 1
     */
    public Portions(int... sizes) {
        this.ends = new int[sizes.length];
        int end = 0;
        for (int owner = 0; owner < sizes.length; owner++) {
            end += sizes[owner];
            ends[owner] = end;
        }
    }

    /** How many rows so many owners get in all. */
    public int total(int owners) {
        return owners / ends.length * round() + endOf(owners % ends.length - 1);
    }

    /** Whose the row is: 0 for the first owner. Rows count from 0. */
    public int owner(long row) {
        return (int) (row / round()) * ends.length + ownerInRound(row);
    }

    /** Which of its owner's rows the row is: 0 for the first one. */
    public int place(long row) {
        return (int) (row % round()) - endOf(ownerInRound(row) - 1);
    }

    /** How many rows this owner gets. */
    public int size(int owner) {
        int inRound = owner % ends.length;
        return ends[inRound] - endOf(inRound - 1);
    }

    private int ownerInRound(long row) {
        int owner = 0;
        while (ends[owner] <= row % round()) {
            owner++;
        }
        return owner;
    }

    private int endOf(int ownerInRound) {
        return ownerInRound < 0 ? 0 : ends[ownerInRound];
    }

    private int round() {
        return ends[ends.length - 1];
    }
}
