package kinoteka.seeder.library.viewer;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Dice;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.Prose;

/** What some customers say of themselves. */
final class BioRows implements Rows {

    private static final int EVERY_TALKATIVE = 5;

    private final long randomSeed;
    private final Prose prose;
    private final int customers;

    /** @param customers of which some say something */
    BioRows(long randomSeed, Prose prose, int customers) {
        this.randomSeed = randomSeed;
        this.prose = prose;
        this.customers = customers;
    }

    @Override
    public String columns() {
        return "id, bio";
    }

    @Override
    public int count() {
        return Math.ceilDiv(customers, EVERY_TALKATIVE);
    }

    @Override
    public void write(long id, CopyText row) {
        long customer = 1 + (id - 1) * EVERY_TALKATIVE;
        row.field(customer)
                .field(prose.taste(Language.of(customer), new Dice(randomSeed, "bios", customer)))
                .endRow();
    }
}
