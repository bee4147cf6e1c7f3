package kinoteka.seeder.rows;

import kinoteka.seeder.words.Dice;

/** Which tags mark a thing: some of all tags, none twice. */
public final class TagRows implements Rows {

    private final long randomSeed;
    private final String thingColumn;
    private final long[] things;
    private final long[] tags;
    private final Portions portions;

    /**
     * @param thingColumn what refers to the thing
     * @param tags at least as many as the largest of the portions
     */
    public TagRows(long randomSeed, String thingColumn, long[] things, long[] tags, Portions portions) {
        this.randomSeed = randomSeed;
        this.thingColumn = thingColumn;
        this.things = things;
        this.tags = tags;
        this.portions = portions;
    }

    @Override
    public String columns() {
        return thingColumn + ", tag_id";
    }

    @Override
    public int count() {
        return portions.total(things.length);
    }

    @Override
    public void write(long id, CopyText row) {
        int thing = portions.owner(id - 1);
        int[] drawn = new Dice(randomSeed, thingColumn, things[thing]).several(portions.size(thing), tags.length);
        row.field(things[thing]).field(tags[drawn[portions.place(id - 1)]]).endRow();
    }
}
