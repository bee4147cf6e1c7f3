package kinoteka.people.deed;

/** How an action is performed. */
interface Deed {

    void perform(Visit visit) throws InterruptedException;
}
