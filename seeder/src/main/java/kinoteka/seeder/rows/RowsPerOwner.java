package kinoteka.seeder.rows;

/**
 * Assigns rows to owners: the first rows to the first owner, the following rows to the second one, and so on. The numbers of
 * rows repeat: with the sizes 2, 1 every odd owner has two rows, and every even one has one. Rows and owners count from 0.
 */
public final class RowsPerOwner {

    private final int[] ends;

    /** @param sizes numbers of rows, the first one at least 1 */
    public RowsPerOwner(int... sizes) {
        this.ends = new int[sizes.length];
        int end = 0;
        for (int owner = 0; owner < sizes.length; owner++) {
            end += sizes[owner];
            ends[owner] = end;
        }
    }

    /** Returns the number of rows that the first {@code owners} owners have together. */
    public int total(int owners) {
        return owners / ends.length * rowsPerRound() + endInRound(owners % ends.length - 1);
    }

    /** Returns the owner of the row. */
    public int owner(long row) {
        return (int) (row / rowsPerRound()) * ends.length + ownerInRound(row);
    }

    /** Returns the index of the row among the rows of its owner. */
    public int indexWithinOwner(long row) {
        return (int) (row % rowsPerRound()) - endInRound(ownerInRound(row) - 1);
    }

    /** Returns the number of rows of this owner. */
    public int size(int owner) {
        int inRound = owner % ends.length;
        return ends[inRound] - endInRound(inRound - 1);
    }

    private int ownerInRound(long row) {
        int owner = 0;
        while (ends[owner] <= row % rowsPerRound()) {
            owner++;
        }
        return owner;
    }

    private int endInRound(int ownerInRound) {
        return ownerInRound < 0 ? 0 : ends[ownerInRound];
    }

    private int rowsPerRound() {
        return ends[ends.length - 1];
    }
}
