package kinoteka.seeder.rows;

/** Assigns tags to items. No item has the same tag twice. */
public final class TagRows implements Rows {

    private final long randomSeed;
    private final String itemColumn;
    private final long[] items;
    private final long[] tags;
    private final RowsPerOwner tagsPerItem;

    /**
     * @param itemColumn name of the column that refers to the item
     * @param tags at least as many as one item has at most
     */
    public TagRows(long randomSeed, String itemColumn, long[] items, long[] tags, RowsPerOwner tagsPerItem) {
        this.randomSeed = randomSeed;
        this.itemColumn = itemColumn;
        this.items = items;
        this.tags = tags;
        this.tagsPerItem = tagsPerItem;
    }

    @Override
    public String columns() {
        return itemColumn + ", tag_id";
    }

    @Override
    public int count() {
        return tagsPerItem.total(items.length);
    }

    @Override
    public void write(long id, CopyText row) {
        int item = tagsPerItem.owner(id - 1);
        int[] drawn =
                new RowRandom(randomSeed, itemColumn, items[item]).distinctBelow(tags.length, tagsPerItem.size(item));
        row.field(items[item])
                .field(tags[drawn[tagsPerItem.indexWithinOwner(id - 1)]])
                .endRow();
    }
}
