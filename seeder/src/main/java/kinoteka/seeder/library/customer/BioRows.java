package kinoteka.seeder.library.customer;

import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.RowRandom;
import kinoteka.seeder.rows.Rows;
import kinoteka.seeder.words.Language;
import kinoteka.seeder.words.TextGenerator;

/** The self-descriptions of some customers. */
final class BioRows implements Rows {

    private static final int CUSTOMERS_PER_BIO = 5;

    private final long randomSeed;
    private final TextGenerator texts;
    private final int customers;

    /** @param customers number of seeded customers */
    BioRows(long randomSeed, TextGenerator texts, int customers) {
        this.randomSeed = randomSeed;
        this.texts = texts;
        this.customers = customers;
    }

    @Override
    public String columns() {
        return "id, bio";
    }

    @Override
    public int count() {
        return Math.ceilDiv(customers, CUSTOMERS_PER_BIO);
    }

    @Override
    public void write(long id, CopyText row) {
        long customer = 1 + (id - 1) * CUSTOMERS_PER_BIO;
        row.field(customer)
                .field(texts.selfDescription(Language.of(customer), new RowRandom(randomSeed, "bios", customer)))
                .endRow();
    }
}
